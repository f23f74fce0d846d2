import type { AllowedEvents } from './subscription';

/** A user of the directory with `esl-password` (and, if limited, `esl-allowed-events`, `esl-allowed-api`). */
export interface EslUser {
  readonly password: string;
  /** Names and CUSTOM subclasses; every event when left out. */
  readonly allowedEvents?: readonly string[];
  /** Api commands; every one when left out. */
  readonly allowedApi?: readonly string[];
}

/** What a client may do after it has logged in. */
export interface Login {
  readonly allowedEvents: AllowedEvents;
  readonly allowedApi: ReadonlySet<string> | undefined;
  /** Header lines below "+OK accepted". */
  readonly granted: readonly string[];
}

/** Who may log in: everybody with the socket's password (`auth`), and users by name (`userauth`). */
export class Logins {
  /** @param users keyed "user@domain" */
  constructor(
    private readonly password: string,
    private readonly users: Readonly<Record<string, EslUser>>,
  ) {}

  /** `auth PASSWORD`; undefined = refused. */
  auth(password: string): Login | undefined {
    if (password !== this.password) return undefined;
    return { allowedEvents: undefined, allowedApi: undefined, granted: [] };
  }

  /** `userauth USER:PASSWORD@DOMAIN` or `userauth USER@DOMAIN:PASSWORD`; undefined = refused. */
  userauth(argument: string): Login | undefined {
    const { name, password } = parseUser(argument);
    const user = Object.hasOwn(this.users, name) ? this.users[name] : undefined;
    if (user?.password !== password) return undefined;
    const { allowedEvents, allowedApi } = user;
    return {
      allowedEvents: allowedEvents && new Set(allowedEvents),
      allowedApi: allowedApi && new Set(allowedApi),
      // wording and order as in mod_event_socket.c
      granted: [
        `Allowed-Events: ${allowedEvents?.join(' ') ?? 'all'}`,
        `Allowed-API: ${allowedApi?.join(' ') ?? 'all'}`,
        'Allowed-LOG: true',
      ],
    };
  }
}

function parseUser(argument: string): { name: string; password: string } {
  const [, user = '', inUser, domain = '', inDomain] =
    /^([^:@]+)(?::([^@]*))?@([^:]+)(?::(.*))?$/.exec(argument) ?? [];
  return { name: `${user}@${domain}`, password: inUser ?? inDomain ?? '' };
}
