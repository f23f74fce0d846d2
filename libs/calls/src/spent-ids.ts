/** So many ids are remembered; one that comes again and again stays, however many others there are. */
const MOST_REMEMBERED = 10_000;

/**
 * Call ids that were given to a call. A dial plan that sets a constant (`connector_call_id=1`) would melt the calls of
 * a day into one: an id that a call had before, be it forgotten since, is no id for another.
 */
export class SpentIds {
  private readonly ids = new Set<string>();

  /** Notes that the id is used, and tells whether it was before. */
  spend(id: string): boolean {
    const wasSpent = this.ids.delete(id);
    this.ids.add(id);
    if (this.ids.size > MOST_REMEMBERED) this.ids.delete(this.ids.values().next().value ?? id);
    return wasSpent;
  }
}
