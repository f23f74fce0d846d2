import { headerText, type EventRecord } from '../../captured-calls/captured-event';
import { RawEslClient } from '../../replay-switch/raw-esl-client';
import type { CallAs, TestCall } from '../testing/test-call';
import { TestPhone } from '../testing/test-phone';

/** Where a switch with the shipped configuration is, embedded or real. */
export interface SwitchAddress {
  readonly domain: string;
  readonly phonePassword: string;
  /** UDP port of the profile "internal". */
  readonly phones: number;
  /** UDP port of the profile "external". */
  readonly trunks: number;
  readonly eventSocket: { readonly port: number; readonly password: string };
  readonly connectorPassword: string;
  /** Where the switch asks who rings: the outbound event socket leads to this port. */
  readonly routePort: number;
  readonly recordings: string;
}

/** A switch with the shipped configuration, its phones, a carrier, and somebody who listens to its events. */
export class ShippedStage {
  readonly #phones: TestPhone[] = [];

  private constructor(
    readonly address: SwitchAddress,
    readonly carrier: TestPhone,
    readonly esl: RawEslClient,
  ) {}

  /** @param carrier where the switch's gateway leads; it is closed with the stage */
  static async open(address: SwitchAddress, carrier: TestPhone): Promise<ShippedStage> {
    carrier.switchPort = address.trunks;
    const { port, password } = address.eventSocket;
    return new ShippedStage(address, carrier, await RawEslClient.login(port, 'event json ALL', password));
  }

  get events(): readonly EventRecord[] {
    return this.esl.events;
  }

  /** A phone that has just registered; two of the same user are two phones. */
  async phone(user: string): Promise<TestPhone> {
    const { domain, phonePassword, phones } = this.address;
    const phone = await TestPhone.open({ user, password: phonePassword, domain }, phones);
    this.#phones.push(phone);
    const status = await phone.register();
    if (status !== 200) throw new Error(`${user} could not register: ${status}`);
    return phone;
  }

  /** A client calls one of our numbers. */
  callIn(did: string, as: CallAs = {}): Promise<TestCall> {
    return this.carrier.call(did, as);
  }

  /** What somebody dials or is transferred to, as a URI. */
  uri(destination: string): string {
    return `<sip:${destination}@${this.address.domain}:${this.address.phones}>`;
  }

  /** Waits for the n-th event of a name (that fits). */
  async event(
    name: string,
    fits: (event: EventRecord) => boolean = () => true,
    nth = 1,
  ): Promise<EventRecord> {
    const found = (): EventRecord | undefined =>
      this.events.filter((event) => event['Event-Name'] === name && fits(event))[nth - 1];
    await this.esl.until(() => found() !== undefined);
    return found()!;
  }

  /** The uuid of the n-th leg. */
  leg(index: number): string {
    const uuids = new Set(
      this.events.map((event) => headerText(event, 'Unique-ID')).filter((id) => id !== ''),
    );
    return [...uuids][index] ?? '';
  }

  /** People talk for a moment. */
  async talk(ms = 300): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, ms));
  }

  /** Waits until every leg that was created is destroyed, and has told its very last state. */
  async idle(): Promise<void> {
    const legsThat = (tell: (event: EventRecord) => boolean): number =>
      new Set(this.events.filter(tell).map((event) => headerText(event, 'Unique-ID'))).size;
    await this.esl.until(() => {
      const created = legsThat((event) => event['Event-Name'] === 'CHANNEL_CREATE');
      return created > 0 && legsThat(isLastState) >= created;
    });
  }

  /** Phones say goodbye, so that the next stage on the same switch finds nobody registered. */
  async close(): Promise<void> {
    for (const phone of this.#phones) {
      await phone.register(0);
      phone.close();
    }
    this.carrier.close();
    this.esl.close();
  }
}

/** It comes after CHANNEL_DESTROY. */
function isLastState(event: EventRecord): boolean {
  return event['Event-Name'] === 'CHANNEL_STATE' && headerText(event, 'Channel-State') === 'CS_DESTROY';
}
