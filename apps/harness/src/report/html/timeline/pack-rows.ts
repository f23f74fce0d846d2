/** What takes a place from left to right. */
export interface Extent {
  readonly left: number;
  readonly right: number;
}

export interface Packing {
  /** Between two in one row; 4 px unless given. */
  readonly air?: number;
  readonly mostRows?: number;
}

/**
 * Puts each extent into the first row where it fits, in order of their left ends; gives the rows by index.
 *
 * @returns undefined for extents that have no place in so many rows
 */
export function packRows(
  extents: readonly Extent[],
  { air = 4, mostRows = Infinity }: Packing = {},
): (number | undefined)[] {
  const ends: number[] = [];
  const order = extents.map((extent, index) => ({ ...extent, index })).sort((a, b) => a.left - b.left);
  const rows = extents.map((): number | undefined => undefined);
  for (const { left, right, index } of order) {
    const free = ends.findIndex((end) => end + air <= left);
    const row = free >= 0 ? free : ends.length;
    if (row >= mostRows) continue;
    ends[row] = right;
    rows[index] = row;
  }
  return rows;
}
