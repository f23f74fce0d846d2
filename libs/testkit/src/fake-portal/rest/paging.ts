/** Rows of a page (limits page). */
const PAGE_SIZE = 50;

export interface Page<Row> {
  readonly result: Row[];
  readonly total?: number;
  readonly next?: number;
}

/** The page from offset `start` on; `next` only if more rows follow; -1 skips counting, and with it `next`. */
export function pageOf<Row>(rows: readonly Row[], start = 0): Page<Row> {
  const offset = Math.max(0, start);
  const result = rows.slice(offset, offset + PAGE_SIZE);
  if (start === -1) return { result };
  const next = offset + PAGE_SIZE;
  return { result, total: rows.length, ...(next < rows.length ? { next } : {}) };
}
