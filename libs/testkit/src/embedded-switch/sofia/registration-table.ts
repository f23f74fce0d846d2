import type { Flow } from '../sip';

/** One phone that has registered. */
export interface Registration {
  readonly user: string;
  readonly domain: string;
  readonly profile: string;
  readonly callId: string;
  readonly userAgent: string;
  /** URI, as the phone wrote it. */
  readonly contact: string;
  readonly contactHeader: string;
  readonly flow: Flow;
  /** Epoch ms. */
  readonly expiresAt: number;
  /** Stops the expiry. */
  callOff?: () => void;
}

/** Row of `show registrations as json`. */
export type RegistrationRow = Readonly<Record<string, string>>;

/** Who is registered, on all profiles. It outlives a restart of the switch, as the profile's database does. */
export class RegistrationTable {
  readonly #registrations = new Map<string, Registration>();

  /** Newest contact last. */
  of(user: string, domain: string): readonly Registration[] {
    return [...this.#registrations.values()].filter((each) => each.user === user && each.domain === domain);
  }

  /** Keeps a contact; the same one again is refreshed. */
  put(registration: Registration): Registration {
    this.remove(registration.user, registration.domain, registration.contact);
    this.#registrations.set(keyOf(registration), registration);
    return registration;
  }

  remove(user: string, domain: string, contact: string): Registration | undefined {
    const key = keyOf({ user, domain, contact });
    const removed = this.#registrations.get(key);
    removed?.callOff?.();
    this.#registrations.delete(key);
    return removed;
  }

  holds(registration: Registration): boolean {
    return this.#registrations.get(keyOf(registration)) === registration;
  }

  /** The registration whose contact a Request-URI is. */
  withContact(uri: string): Registration | undefined {
    const wanted = bare(uri);
    return [...this.#registrations.values()].find(({ contact }) => bare(contact) === wanted);
  }

  rows(hostname: string): readonly RegistrationRow[] {
    return [...this.#registrations.values()].map((each) => ({
      reg_user: each.user,
      realm: each.domain,
      token: each.callId,
      url: dialString(each),
      expires: String(Math.floor(each.expiresAt / 1000)),
      network_ip: each.flow.remote.address,
      network_port: String(each.flow.remote.port),
      network_proto: each.flow.protocol.toLowerCase(),
      hostname,
      metadata: '',
    }));
  }

  /** Stops all expiries. */
  stop(): void {
    this.#registrations.forEach(({ callOff }) => callOff?.());
  }
}

/** How a registered phone is dialled: `sofia/internal/sip:1001@127.0.0.1:7101`. */
export function dialString({ profile, contact }: Registration): string {
  return `sofia/${profile}/${contact}`;
}

function keyOf({ user, domain, contact }: Pick<Registration, 'user' | 'domain' | 'contact'>): string {
  return `${user}@${domain} ${contact}`;
}

function bare(uri: string): string {
  return uri.replace(/^sips?:/, '').replace(/;fs_(nat|path)=.*$/, '');
}
