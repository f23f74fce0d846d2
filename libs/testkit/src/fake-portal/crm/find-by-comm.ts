import { digitsOf } from '../company/company';
import { catalogue } from '../rest/catalogue';
import { isMissing, paramsBy } from '../rest/method-call';
import type { MethodHandler } from '../rest/method-call';
import { Refusal } from '../rest/refusal';
import { mayReadCrm } from './rights';

const METHOD = 'crm.duplicate.findbycomm';
const { refusals } = catalogue[METHOD];
/** More values are not looked at, and a type with so many hits hides the types after it. */
const LIMIT = 20;
const TYPES = ['LEAD', 'CONTACT', 'COMPANY'] as const;

/** crm.duplicate.findbycomm: ids by type, only types with hits; `[]` if there are none. E-mail finds nobody here. */
export const findByComm: MethodHandler<typeof METHOD> = (state, { params: raw, caller }) => {
  if (!mayReadCrm(state, caller)) throw new Refusal(refusals.accessDenied);
  const { type, values, entity_type: only } = paramsBy(METHOD, raw);
  if (type === undefined || isMissing(type)) throw new Refusal(refusals.noType);
  if (type !== 'PHONE' && type !== 'EMAIL')
    throw new Refusal(refusals.unknownType, {
      description: refusals.unknownType.description.replace('{type}', () => type),
    });
  if (!values || values.length === 0) throw new Refusal(refusals.noValues);
  const wanted = type === 'PHONE' ? values.slice(0, LIMIT).map(digitsOf) : [];
  const found: { LEAD?: number[]; CONTACT?: number[]; COMPANY?: number[] } = {};
  for (const kind of TYPES.filter((candidate) => only === undefined || candidate === only)) {
    const ids = state.company.crm
      .filter((entity) => entity.type === kind && entity.phones.some((own) => wanted.includes(digitsOf(own))))
      .map(({ id }) => id);
    if (ids.length > 0) found[kind] = ids;
    if (ids.length >= LIMIT) break;
  }
  return { result: Object.keys(found).length === 0 ? [] : found };
};
