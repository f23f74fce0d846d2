import { isTrue, type Channel } from './core';
import type { EndpointKind } from './originate';
import type { Sofia } from './sofia';

/** `sofia/internal/1001@host`, `sofia/gateway/trunk/79161234567` */
export function sofiaEndpoint(sofia: () => Sofia): EndpointKind {
  return async ({ profile, variables, caller }) => {
    const dialled = await sofia().dial({
      destination: profile.destinationNumber,
      uuid: variables.get('origination_uuid'),
      profile,
      variable: (name) => variables.get(name),
    });
    if ('channel' in dialled) inherit(dialled.channel, caller, variables);
    return dialled;
  };
}

/** What a leg gets from its caller beside the sound: headers of the INVITE, a name to be shown. */
function inherit(
  { variables, profile }: Channel,
  caller: Channel | undefined,
  given: ReadonlyMap<string, string>,
): void {
  profile.calleeIdName = given.get('effective_callee_id_name') ?? profile.calleeIdName;
  profile.calleeIdNumber = given.get('effective_callee_id_number') ?? profile.calleeIdNumber;
  const copies = caller?.variables.get('sip_copy_custom_headers') ?? 'true';
  if (!caller || !isTrue(copies)) return;
  for (const [name, value] of caller.variables.entries()) {
    if (name.startsWith('sip_h_')) variables.set(name, value);
  }
}
