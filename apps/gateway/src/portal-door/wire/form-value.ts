/** What a decoded body is made of. */
export type FormValue = string | number | boolean | null | readonly FormValue[] | FormTree;

/** Fields by name; nested ones come from brackets: `auth[member_id]=x`. */
export interface FormTree {
  readonly [name: string]: FormValue;
}

/** Whether a value holds named fields. */
export function isFormTree(value: unknown): value is FormTree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
