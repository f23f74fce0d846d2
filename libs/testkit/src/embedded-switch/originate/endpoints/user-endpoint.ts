import { expand, type Channel } from '../../core';
import type { PlannedUser } from '../../dialplan-port';
import type { EndpointKind, NewLeg, Opened } from '../new-leg';
import type { Originate } from '../originate-options';

/** What `user/` has to know. */
export interface UserEndpointParts {
  readonly originate: Originate;
  findUser(id: string, domain: string): PlannedUser | undefined;
  /** The domain of a switch that has one (global variable domain). */
  defaultDomain(): string;
  /** Fills in `${...}` for a leg that nobody calls. */
  api(command: string, args: string): string | undefined;
  globalVariable(name: string): string | undefined;
}

const USUAL_SECONDS = 60;

/**
 * `user/1001@domain`: dials what the directory says (dial-string of the user), and gives the leg the user's variables
 * (mod_dptools.c, user_outgoing_channel). On its own it waits for the answer here; one of several is only made.
 */
export function userEndpoint(parts: UserEndpointParts): EndpointKind {
  return async (leg) => {
    const [id = '', domain = parts.defaultDomain()] = leg.profile.destinationNumber.split('@');
    const user = parts.findUser(id, domain);
    if (!user) return { cause: 'SUBSCRIBER_ABSENT' };
    const dialString = user.params.get('dial-string');
    if (dialString === undefined || dialString === '') return { cause: 'MANDATORY_IE_MISSING' };
    for (const [name, value] of user.params) {
      if (name.startsWith('dial-var-')) leg.variables.set(name.slice('dial-var-'.length), value);
    }
    return dialUser(parts, leg, user, domain, dialString);
  };
}

async function dialUser(
  parts: UserEndpointParts,
  leg: NewLeg,
  user: PlannedUser,
  domain: string,
  dialString: string,
): Promise<Opened> {
  const { caller, variables, profile, isForked, calledOff, news } = leg;
  variables.set('dialed_user', user.id);
  variables.set('dialed_domain', domain);
  if (!dialString.includes('presence_id=')) variables.set('presence_id', `${user.id}@${domain}`);
  caller?.variables.set('dialed_user', user.id);
  caller?.variables.set('dialed_domain', domain);
  const destination = caller
    ? caller.core.expand(caller, dialString)
    : expand(dialString, {
        variable: (name) => variables.get(name) ?? parts.globalVariable(name),
        api: (command, args) => parts.api(command, args),
      });
  if (destination.toLowerCase().includes(`user/${user.id.toLowerCase()}`)) {
    return { cause: 'INVALID_IE_CONTENTS' };
  }
  const result = await parts.originate({
    caller,
    dialString: destination,
    timeoutSeconds: secondsOf(caller, variables),
    profile,
    variables,
    onlyMakes: isForked,
    calledOff,
    news,
  });
  if ('channel' in result) installVariables(result.channel, user);
  return result;
}

function secondsOf(caller: Channel | undefined, variables: ReadonlyMap<string, string>): number {
  const text =
    caller?.variables.get('call_timeout') ??
    (caller ? undefined : variables.get('call_timeout')) ??
    variables.get('leg_timeout');
  const seconds = Number.parseInt(text ?? '', 10);
  return seconds > 0 ? seconds : USUAL_SECONDS;
}

function installVariables(channel: Channel, user: PlannedUser): void {
  const context = channel.variables.get('user_context');
  if (context !== undefined) channel.profile.context = context;
  for (const [name, value] of user.variables) channel.variables.set(name, value);
}
