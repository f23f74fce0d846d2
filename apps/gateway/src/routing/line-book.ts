import type { RoutedLine, RouteStore } from '@app/store';

/** How long what the database says of a line counts, ms: a burst of calls asks once. */
const FRESH_MS = 500;
const MOST_REMEMBERED = 1_000;

/** What the lines of the company do with their callers. Changed settings count from the next call on, or half a second later. */
export class LineBook {
  private readonly known = new Map<
    string,
    { readonly until: number; readonly line: Promise<RoutedLine | undefined> }
  >();

  constructor(
    private readonly routes: Pick<RouteStore, 'lineOf'>,
    private readonly now: () => number = Date.now,
  ) {}

  /** The line of a number that routes its callers; undefined: none does. Throws StoreError. */
  async lineOf(switchId: string, did: string): Promise<RoutedLine | undefined> {
    const key = `${switchId} ${did}`;
    const known = this.known.get(key);
    if (known && known.until > this.now()) return known.line;
    if (this.known.size >= MOST_REMEMBERED) this.known.clear();
    const line = this.routes.lineOf({ switchId, did });
    this.known.set(key, { until: this.now() + FRESH_MS, line });
    line.catch(() => this.known.delete(key));
    return line;
  }
}
