import { isTrue, last, type Params } from './params';

/** mod_event_socket. */
export interface EventSocketSettings {
  readonly listenIp: string;
  readonly port: number;
  readonly password: string;
  /** Names of access lists; an address must pass all of them. */
  readonly acls: readonly string[];
}

/** With the module's own fall-backs (mod_event_socket.c, `config`), the well-known password included. */
export function eventSocketSettings(params: Params): EventSocketSettings {
  const acls = params.get('apply-inbound-acl')?.filter((name) => name !== '') ?? [];
  return {
    listenIp: last(params, 'listen-ip') || '127.0.0.1',
    port: Number(last(params, 'listen-port')) || 8021,
    password: last(params, 'password') || 'ClueCon',
    acls: acls.length > 0 ? acls : ['loopback.auto'],
  };
}

/** mod_json_cdr. */
export interface JsonCdrSettings {
  /** Where documents are posted; none: they go nowhere. */
  readonly urls: readonly string[];
  /** `user:password`. */
  readonly credentials?: string;
  /** Content-Type of what is posted. */
  readonly contentType: string;
  readonly timeoutSeconds: number;
  readonly attempts: number;
  readonly withOtherLegs: boolean;
  readonly firstLegPrefix: '' | 'a_';
  /** Where documents are kept that could not be posted. */
  readonly spoolDirectory?: string;
}

export function jsonCdrSettings(params: Params): JsonCdrSettings {
  const credentials = last(params, 'cred');
  const spoolDirectory = last(params, 'err-log-dir');
  return {
    urls: params.get('url')?.filter((url) => url !== '') ?? [],
    ...(credentials && { credentials }),
    // with disable-100-continue the module's list of headers loses its Content-Type, and libcurl's own takes its place
    contentType: isTrue(last(params, 'disable-100-continue'))
      ? 'application/x-www-form-urlencoded'
      : 'application/json',
    timeoutSeconds: Number(last(params, 'timeout') ?? 0),
    attempts: Number(last(params, 'retries') ?? 0) + 1,
    withOtherLegs: isTrue(last(params, 'log-b-leg') ?? 'true'),
    firstLegPrefix: isTrue(last(params, 'prefix-a-leg')) ? 'a_' : '',
    ...(spoolDirectory && { spoolDirectory }),
  };
}

/** switch.conf. */
export interface CoreSettings {
  readonly rtpStartPort: number;
  readonly rtpEndPort: number;
  readonly maxSessions: number;
  readonly sessionsPerSecond: number;
}

/** With the core's fall-backs (switch_core.c, `switch_load_core_config`; switch_rtp.c). */
export function coreSettings(params: Params): CoreSettings {
  const number = (name: string, fallback: number) => Number(last(params, name)) || fallback;
  return {
    rtpStartPort: number('rtp-start-port', 16_384),
    rtpEndPort: number('rtp-end-port', 32_768),
    maxSessions: number('max-sessions', 1000),
    sessionsPerSecond: number('sessions-per-second', 30),
  };
}
