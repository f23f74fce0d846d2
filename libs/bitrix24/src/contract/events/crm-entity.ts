import { phpIdOrNull, phpTextOrNull } from '../lenient';

/** The client a call is about. The id is 0 when there is none. */
export const crmEntity = { CRM_ENTITY_TYPE: phpTextOrNull, CRM_ENTITY_ID: phpIdOrNull };

/** A type without an id means nothing: LEAD with 0 has been seen in the field. */
export function withoutNameless<
  Data extends { readonly CRM_ENTITY_TYPE: string | null; readonly CRM_ENTITY_ID: number | null },
>(data: Data): Data {
  return data.CRM_ENTITY_ID === null ? { ...data, CRM_ENTITY_TYPE: null } : data;
}
