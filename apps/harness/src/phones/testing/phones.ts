import type { TransportName } from '../endpoint/network';
import { PhoneLab } from '../lab/phone-lab';
import type { PhoneCall } from '../call/phone-call';
import { Phone } from '../phone/phone';
import type { PhoneOptions } from '../phone/phone-options';
import type { TestExchange } from './test-exchange';

/** Opens phones and closes them again; one per test file. */
export class PhoneBox {
  readonly lab = new PhoneLab();
  readonly #open: { close(): Promise<void> }[] = [];

  /** A phone that is found by its address, without a switch. */
  async direct(
    number: string,
    transport: TransportName = 'tcp',
    options: Partial<PhoneOptions> = {},
  ): Promise<Phone> {
    const network = { transport, listen: { host: '127.0.0.1', port: 0 }, ...options.network };
    return this.keep(await Phone.open(this.lab, { number, domain: 'test.example', ...options, network }));
  }

  /** A phone of an exchange, with the password that it has there; not registered yet. */
  async connected(
    exchange: TestExchange,
    number: string,
    transport: TransportName = 'tcp',
    options: Partial<PhoneOptions> = {},
  ): Promise<Phone> {
    const network = { ...exchange.network(transport), ...options.network };
    const own = { number, domain: 'test.example', password: `secret-${number}` };
    return this.keep(await Phone.open(this.lab, { ...own, ...options, network }));
  }

  /** A phone of an exchange that is registered. */
  async registered(...args: Parameters<PhoneBox['connected']>): Promise<Phone> {
    const phone = await this.connected(...args);
    await phone.register();
    return phone;
  }

  keep<T extends { close(): Promise<void> }>(one: T): T {
    this.#open.push(one);
    return one;
  }

  /** Closes all, the newest first. */
  async close(): Promise<void> {
    for (const one of this.#open.splice(0).reverse()) await one.close();
  }
}

/** The passwords that {@link PhoneBox} gives to phones. */
export function passwords(...numbers: readonly string[]): Record<string, string> {
  return Object.fromEntries(numbers.map((number) => [number, `secret-${number}`]));
}

/** One calls the other, who answers; both hear each other. */
export async function talk(
  caller: Phone,
  callee: Phone,
  to: string = callee.number,
): Promise<{ out: PhoneCall; into: PhoneCall }> {
  const out = caller.call(to);
  const into = await callee.untilCalled();
  await into.answer();
  await out.untilAnswered();
  await Promise.all([out.untilHears(callee.toneHz), into.untilHears(caller.toneHz)]);
  return { out, into };
}
