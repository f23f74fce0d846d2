import { parseCause } from '../../core';
import type { EndpointKind } from '../new-leg';

/** `error/user_not_registered`: a leg that fails with that cause. */
export const errorEndpoint: EndpointKind = ({ profile }) => {
  const cause = parseCause(profile.destinationNumber) ?? 'NORMAL_CLEARING';
  return Promise.resolve({ cause: cause === 'NONE' ? 'NORMAL_CLEARING' : cause });
};
