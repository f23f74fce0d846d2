import type { PlannedGateway } from '../dialplan-port';
import type { Credentials, SipProtocol } from '../sip';

/** A trunk, read. */
export interface Gateway {
  readonly name: string;
  readonly profile: string;
  readonly host: string;
  readonly port: number;
  readonly protocol: SipProtocol;
  /** Host part of From. */
  readonly fromHost: string;
  /** undefined = the caller's number is in From (caller-id-in-from). */
  readonly fromUser: string | undefined;
  readonly credentials: Credentials | undefined;
  readonly registers: boolean;
  readonly destinationInTo: boolean;
}

const DEFAULT_PORT = 5060;

/** Reads the settings of a gateway (sofia.c, parse_gateways). */
export function readGateway({ name, profile, params }: PlannedGateway): Gateway {
  const proxy = params.get('proxy') ?? params.get('realm') ?? name;
  const [, host = proxy, port] = /^(?:sips?:)?(\[[^\]]+\]|[^:;]+)(?::(\d+))?/.exec(proxy) ?? [];
  const username = params.get('username') ?? '';
  const password = params.get('password') ?? '';
  const transport = params.get('register-transport') ?? /;transport=(\w+)/.exec(proxy)?.[1];
  return {
    name,
    profile,
    host,
    port: port === undefined ? DEFAULT_PORT : Number(port),
    protocol: transport?.toLowerCase() === 'tcp' ? 'TCP' : 'UDP',
    fromHost: params.get('from-domain') ?? params.get('realm')?.replace(/:\d+$/, '') ?? host,
    fromUser: params.get('caller-id-in-from') === 'true' || username === '' ? undefined : username,
    credentials: username === '' || password === '' ? undefined : { username, password },
    registers: params.get('register') !== 'false' && username !== '',
    destinationInTo: params.get('extension') === 'auto_to_user',
  };
}
