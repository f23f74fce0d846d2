import { mayUse } from '../rest/access';
import { catalogue, methodByName } from '../rest/catalogue';
import { paramsBy } from '../rest/method-call';
import type { MethodHandler } from '../rest/method-call';

/** method.get: wants the name in lower case; a missing one gives two times false. */
export const methodGet: MethodHandler<'method.get'> = (_state, { params, caller }) => {
  const { name = '' } = paramsBy('method.get', params);
  const method = name === name.toLowerCase() ? methodByName(name) : undefined;
  return {
    result: {
      isExisting: method !== undefined,
      isAvailable: method !== undefined && mayUse(caller, catalogue[method]),
    },
  };
};
