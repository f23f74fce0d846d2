import type { CallcenterSettings, FifoSettings } from '../config';
import type { DialplanAction, HuntCall, PlannedUser, SwitchPlan } from '../dialplan-port';

/** What a spec's dial plan does with a number: lines "application data". */
export type HandRoute = (number: string, call: HuntCall) => readonly string[] | undefined;

export interface HandPlan {
  /** By context. */
  readonly contexts: Readonly<Record<string, HandRoute>>;
  readonly users?: readonly string[];
  readonly globals?: Readonly<Record<string, string>>;
  readonly gatewayPort?: number;
  readonly eslUsers?: readonly PlannedUser[];
  readonly jsonCdrUrl?: string;
  readonly spoolDirectory?: string;
  readonly callcenter?: CallcenterSettings;
  readonly fifo?: FifoSettings;
}

const DOMAIN = '127.0.0.1';
const DIAL_STRING =
  '{^^:sip_invite_domain=${dialed_domain}:presence_id=${dialed_user}@${dialed_domain}}${sofia_contact(*/${dialed_user}@${dialed_domain})}';

/** A configuration for specs: profiles "internal" and "external" on free ports, users with the password "secret". */
export function handPlan({
  contexts,
  users = ['1001', '1002', '1003'],
  globals = {},
  gatewayPort = 5060,
  eslUsers = [],
  jsonCdrUrl,
  spoolDirectory,
  callcenter,
  fifo,
}: HandPlan): SwitchPlan {
  const planned = [...users.map(phone), ...eslUsers];
  return {
    globals: new Map(Object.entries({ domain: DOMAIN, hold_music: 'local_stream://moh', ...globals })),
    domains: new Map([[DOMAIN, { name: DOMAIN, users: new Map(planned.map((user) => [user.id, user])) }]]),
    profiles: [profile('internal', 'default', true), profile('external', 'public', false)],
    gateways: [
      {
        name: 'trunk',
        profile: 'external',
        params: new Map([
          ['proxy', `${DOMAIN}:${gatewayPort}`],
          ['register', 'false'],
          ['username', 'trunk'],
          ['password', 'trunk'],
          ['caller-id-in-from', 'true'],
        ]),
      },
    ],
    acls: new Map(),
    callcenter,
    fifo,
    eventSocket: { listenIp: DOMAIN, port: 0, password: 'ClueCon', acls: [] },
    jsonCdr:
      jsonCdrUrl === undefined
        ? undefined
        : {
            urls: [jsonCdrUrl],
            contentType: 'application/json',
            timeoutSeconds: 5,
            attempts: 1,
            withOtherLegs: true,
            firstLegPrefix: '',
            ...(spoolDirectory !== undefined && { spoolDirectory }),
          },
    hunt: (context, call) => {
      const number = call.profileField('destination_number') ?? '';
      const lines = contexts[context]?.(number, call);
      return lines && { actions: lines.map(actionOf) };
    },
  };
}

function phone(id: string): PlannedUser {
  return {
    id,
    domain: DOMAIN,
    params: new Map([
      ['password', 'secret'],
      ['dial-string', DIAL_STRING],
    ]),
    variables: new Map([
      ['user_context', 'default'],
      ['effective_caller_id_name', `Extension ${id}`],
      ['effective_caller_id_number', id],
    ]),
  };
}

function profile(name: string, context: string, isInternal: boolean): SwitchPlan['profiles'][number] {
  return {
    name,
    context,
    sipIp: DOMAIN,
    sipPort: 0,
    authCalls: isInternal,
    inboundAcls: [],
    aliases: [],
    params: new Map([
      ['hold-music', 'local_stream://moh'],
      ['inbound-late-negotiation', 'true'],
    ]),
    ...(isInternal && { wsBinding: ':0' }),
  };
}

function actionOf(line: string): DialplanAction {
  const [, application = '', data = ''] = /^(\S+)\s?(.*)$/s.exec(line) ?? [];
  return { application, data };
}
