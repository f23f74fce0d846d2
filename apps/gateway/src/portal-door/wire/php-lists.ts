import { isFormTree, type FormTree, type FormValue } from './form-value';

/**
 * Makes lists of what PHP would print as one: a map with the keys 0, 1, 2 … in this order. Other numbers stay names,
 * because they are ids: `data[BOT][39][...]` is no list of forty.
 */
export function withPhpLists(tree: FormTree): FormTree {
  return Object.fromEntries(Object.entries(tree).map(([name, value]) => [name, listed(value)]));
}

function listed(value: FormValue): FormValue {
  if (typeof value !== 'object' || value === null) return value;
  // A field that came twice is a list already.
  if (!isFormTree(value)) return value.map((item) => listed(item));
  const names = Object.keys(value);
  const isList = names.length > 0 && names.every((name, index) => name === String(index));
  if (!isList) return withPhpLists(value);
  const items = Object.values(value);
  const [only] = items;
  // `a[]=1&a[]=2`: the parser takes each for `a[0]`, so that the list of both is the only item.
  return items.length === 1 && Array.isArray(only) ? listed(only) : items.map((item) => listed(item));
}
