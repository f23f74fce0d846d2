import type { MethodName } from '@app/bitrix24/contract';
import { attachRecord } from './attach-record';
import { finish } from './finish';
import type { MethodHandler } from './method-call';
import { register } from './register';
import { searchCrmEntities } from './search-crm-entities';
import { hide, show } from './show-hide';
import { statisticGet } from './statistics';
import { userGet } from './users';

/** One handler per method that is modelled so far; the contract names more. */
export const handlers = {
  'telephony.externalCall.register': register,
  'telephony.externalCall.show': show,
  'telephony.externalCall.hide': hide,
  'telephony.externalCall.finish': finish,
  'telephony.externalCall.attachRecord': attachRecord,
  'telephony.externalCall.searchCrmEntities': searchCrmEntities,
  'voximplant.statistic.get': statisticGet,
  'user.get': userGet,
} satisfies { readonly [M in MethodName]?: MethodHandler<M> };

/** A method that this portal answers. */
export type ModelledMethod = keyof typeof handlers;

const byLowerCase = new Map(
  (Object.keys(handlers) as ModelledMethod[]).map((name) => [name.toLowerCase(), name]),
);

/** The method of this name; the portal does not care about its case. */
export function methodByName(name: string): ModelledMethod | undefined {
  return byLowerCase.get(name.toLowerCase());
}
