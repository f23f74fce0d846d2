import type { EndpointKind } from './originate';
import type { Sofia } from './sofia';

/** `sofia/internal/1001@host`, `sofia/gateway/trunk/79161234567` */
export function sofiaEndpoint(sofia: () => Sofia): EndpointKind {
  return ({ profile, variables }) =>
    sofia().dial({
      destination: profile.destinationNumber,
      uuid: variables.get('origination_uuid'),
      profile,
      variable: (name) => variables.get(name),
    });
}
