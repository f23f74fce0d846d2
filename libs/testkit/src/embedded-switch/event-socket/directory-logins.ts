import { Logins, type EslUser } from '../../replay-switch/socket/logins';
import type { SwitchPlan } from '../dialplan-port';

/** Who may log in to the event socket: everybody with its password, and the users of the directory that have one. */
export function directoryLogins({ eventSocket, domains }: SwitchPlan): Logins {
  const users: Record<string, EslUser> = {};
  for (const domain of domains.values()) {
    for (const { id, params } of domain.users.values()) {
      const password = params.get('esl-password');
      const events = params.get('esl-allowed-events');
      const api = params.get('esl-allowed-api');
      if (password === undefined || password === '') continue;
      users[`${id}@${domain.name}`] = {
        password,
        ...(events !== undefined && { allowedEvents: listed(events) }),
        ...(api !== undefined && { allowedApi: listed(api) }),
      };
    }
  }
  return new Logins(eventSocket.password, users);
}

/** With spaces, or with commas. */
function listed(text: string): readonly string[] {
  return text.split(text.includes(' ') ? ' ' : ',').filter((name) => name !== '');
}
