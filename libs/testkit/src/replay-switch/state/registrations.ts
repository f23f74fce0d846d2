import { createHash } from 'node:crypto';
import { eventMicroseconds, headerText, type EventRecord } from '../../captured-calls/captured-event';

/** One row of `show registrations as json`. */
export interface RegistrationRow {
  readonly reg_user: string;
  readonly realm: string;
  /** Call-ID of the REGISTER. */
  readonly token: string;
  readonly url: string;
  /** Epoch seconds. */
  readonly expires: string;
  readonly network_ip: string;
  readonly network_port: string;
  readonly network_proto: string;
  readonly hostname: string;
  readonly metadata: string;
}

const DEFAULT_EXPIRES_SECONDS = 3600;

/** Phones that are registered: those given at the start, and those whose REGISTER was played. */
export class Registrations {
  readonly #rows = new Map<string, RegistrationRow>();

  /** Registers "extension@domain" with made-up network data. `now` is in epoch ms. */
  add(address: string, hostname: string, now: number): void {
    const [user = '', realm = ''] = address.split('@');
    const port = '5060';
    this.#rows.set(address, {
      reg_user: user,
      realm,
      token: createHash('sha256').update(address).digest('hex').slice(0, 14),
      url: `sofia/internal/sip:${user}@${realm}:${port}`,
      expires: String(Math.floor(now / 1000) + DEFAULT_EXPIRES_SECONDS),
      network_ip: realm,
      network_port: port,
      network_proto: 'udp',
      hostname,
      metadata: '',
    });
  }

  apply(event: EventRecord): void {
    const subclass = headerText(event, 'Event-Subclass');
    const address = `${headerText(event, 'from-user')}@${headerText(event, 'from-host')}`;
    if (subclass === 'sofia::register') this.#rows.set(address, fromRegister(event));
    if (subclass === 'sofia::unregister') this.#rows.delete(address);
  }

  rows(): readonly RegistrationRow[] {
    return [...this.#rows.values()];
  }

  /** Where "extension@domain" can be reached (`sofia_contact`); undefined = not registered. */
  contact(address: string): string | undefined {
    return this.#rows.get(address)?.url;
  }
}

function fromRegister(event: EventRecord): RegistrationRow {
  const text = (header: string): string => headerText(event, header);
  const seconds = Math.floor(eventMicroseconds(event) / 1_000_000) + Number(text('expires'));
  return {
    reg_user: text('from-user'),
    realm: text('from-host'),
    token: text('call-id'),
    url: `sofia/${text('profile-name')}/${/<([^>]*)>/.exec(text('contact'))?.[1] ?? ''}`,
    expires: String(seconds),
    network_ip: text('network-ip'),
    network_port: text('network-port'),
    network_proto: (/\((\w+)\)/.exec(text('status'))?.[1] ?? 'udp').toLowerCase(),
    hostname: text('FreeSWITCH-Switchname'),
    metadata: '',
  };
}
