import { expand, type Channel } from '../core';
import type { PlannedDomain, PlannedUser } from '../dialplan-port';
import type { ApiParts } from './api-parts';

const DELIMITERS: Readonly<Record<string, string>> = { F: '|', A: ',', E: ':_:' };

/**
 * `group_call sales@domain+A`: how everybody of a group is dialled, in the order of the directory (mod_commands,
 * group_call_function). Asked by a channel, it fills in that channel's variables, and leaves the last member's name there.
 */
export function groupCall(parts: ApiParts, args: string, channel: Channel | undefined): string {
  const [address = '', flags = ''] = args.split('+');
  const [group = '', named] = address.split('@');
  const domain = parts.plan.domains.get(named ?? parts.core.globalVariable('domain') ?? '');
  const members = domain?.groups?.get(group) ?? [];
  const strings = members.flatMap((id) => {
    const user = domain?.users.get(id);
    return domain && user ? [flattened(dialStringOf(parts, domain, group, user, channel))] : [];
  });
  const delimiter =
    Array.from(flags)
      .map((flag) => DELIMITERS[flag])
      .findLast((each) => each !== undefined) ?? ',';
  return strings.length === 0 ? 'error/NO_ROUTE_DESTINATION' : strings.join(delimiter);
}

function dialStringOf(
  parts: ApiParts,
  domain: PlannedDomain,
  group: string,
  user: PlannedUser,
  channel: Channel | undefined,
): string {
  const template = user.params.get('group-dial-string') ?? user.params.get('dial-string');
  if (template === undefined) return `user/${user.id}@${domain.name}`;
  const dialled: readonly [string, string][] = [
    ['dialed_group', group],
    ['dialed_user', user.id],
    ['dialed_domain', domain.name],
  ];
  if (channel) {
    for (const [name, value] of dialled) channel.variables.set(name, value);
    return channel.core.expand(channel, template);
  }
  const known = new Map(dialled);
  return expand(template, {
    variable: (name) => known.get(name) ?? parts.core.globalVariable(name),
    api: (command, argument) => parts.api(command, argument),
  });
}

/** Variables for all legs of a member become variables of each: in a longer list braces would be for everybody. */
function flattened(dialString: string): string {
  const [, all, legs = dialString] = /^\s*\{([^}]*)\}(.*)$/s.exec(dialString) ?? [];
  if (all === undefined) return dialString;
  return legs.replace(
    /(^|[,|])(\s*)((?:\[[^\]]*\])*[^,|]*)/g,
    (_leg, delimiter: string, _space, leg: string) => {
      return `${delimiter}[${all}]${leg}`;
    },
  );
}
