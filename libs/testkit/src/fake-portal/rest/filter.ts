import { wrongArgument } from './refusal';

type Cell = string | number | boolean | null | readonly number[] | object;
export type FilterableRow = Readonly<Record<string, Cell>>;
type Test = (cell: string, wanted: readonly string[]) => boolean;

/** Operators of the filters of voximplant.statistic.get and user.get, except `?`, whose logic is not documented. */
const operators: Readonly<Record<string, Test>> = {
  '': (cell, wanted) => wanted.includes(cell),
  '=': (cell, wanted) => wanted.includes(cell),
  '@': (cell, wanted) => wanted.includes(cell),
  '!': (cell, wanted) => !wanted.includes(cell),
  '!=': (cell, wanted) => !wanted.includes(cell),
  '!@': (cell, wanted) => !wanted.includes(cell),
  '>': (cell, [wanted]) => compare(cell, wanted) > 0,
  '>=': (cell, [wanted]) => compare(cell, wanted) >= 0,
  '<': (cell, [wanted]) => compare(cell, wanted) < 0,
  '<=': (cell, [wanted]) => compare(cell, wanted) <= 0,
  '><': (cell, [from, to]) => compare(cell, from) >= 0 && compare(cell, to) <= 0,
  '!><': (cell, [from, to]) => compare(cell, from) < 0 || compare(cell, to) > 0,
  '%': (cell, wanted) => wanted.some((part) => contains(cell, part)),
  '!%': (cell, wanted) => !wanted.some((part) => contains(cell, part)),
  '%=': (cell, wanted) => wanted.some((mask) => isLike(cell, mask)),
  '=%': (cell, wanted) => wanted.some((mask) => isLike(cell, mask)),
  '!%=': (cell, wanted) => !wanted.some((mask) => isLike(cell, mask)),
  '!=%': (cell, wanted) => !wanted.some((mask) => isLike(cell, mask)),
};

/**
 * The rows that fit all conditions `[operator]FIELD: value`.
 *
 * @throws Refusal ERROR_ARGUMENT for a field or operator that is not simulated
 */
export function filterRows<Row extends FilterableRow>(
  rows: readonly Row[],
  filter: Readonly<Record<string, unknown>> = {},
  fields: readonly string[],
): readonly Row[] {
  const conditions = Object.entries(filter).map(([key, value]) => {
    const [, operator = '', field = ''] = /^([^A-Za-z]*)(.*)$/.exec(key) ?? [];
    const test = operators[operator];
    if (!test || !fields.includes(field)) throw wrongArgument('FILTER', `${key} is not simulated`);
    const wanted = (Array.isArray(value) ? value : [value]).map(textOf);
    return (row: Row) => cellsOf(row[field]).some((cell) => test(cell, wanted));
  });
  return rows.filter((row) => conditions.every((fits) => fits(row)));
}

/** `>=ID` -> ID */
export const withoutOperator = (key: string): string => key.replace(/^[^A-Za-z]*/, '');

/** By one field, numbers as numbers. */
export function sortRows<Row extends FilterableRow>(
  rows: readonly Row[],
  field: string,
  order: 'ASC' | 'DESC',
): readonly Row[] {
  const direction = order === 'ASC' ? 1 : -1;
  return [...rows].sort((a, b) => direction * compare(textOf(a[field]), textOf(b[field])));
}

function cellsOf(cell: unknown): readonly string[] {
  return Array.isArray(cell) ? cell.map(textOf) : [textOf(cell)];
}

/** PHP's view of a value: null is empty, true is 1 (and so is Y). */
function textOf(value: unknown): string {
  if (value === true || value === 'Y' || value === 'true') return '1';
  if (value === false || value === 'N' || value === 'false') return '0';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function compare(a: string, b = ''): number {
  const [left, right] = [sortable(a), sortable(b)];
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Numbers and ISO dates compare as numbers. */
function sortable(text: string): number | string {
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  const time = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? text : time;
}

function contains(cell: string, part: string): boolean {
  return cell.toLowerCase().includes(part.toLowerCase());
}

function isLike(cell: string, mask: string): boolean {
  const pattern = mask.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/%/g, '.*');
  return new RegExp(`^${pattern}$`, 'is').test(cell);
}
