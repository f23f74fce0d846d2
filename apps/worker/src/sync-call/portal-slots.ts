import type { StepClass, WaitingGate } from '@app/sync';

/** The least urgent first: a place that is good for one class is good for all that follow it here. */
const LEAST_FIRST = ['backfill', 'finish', 'live-card'] as const;

/**
 * Places for requests to one portal in flight at the same time, in this process. A portal that hangs takes its own
 * places and no more, and the other portals go on. Uploads take minutes: half of the places are never theirs, and the
 * last one is for cards alone.
 */
export class PortalSlots implements WaitingGate {
  readonly #taken = new Map<string, number>();

  /** @param places per portal, at least 1 */
  constructor(private readonly places: number) {}

  /** See PortalGate. What it gives may be called once. */
  enter(portalId: string, stepClass: StepClass): (() => void) | undefined {
    const taken = this.#taken.get(portalId) ?? 0;
    if (taken >= this.#placesFor(stepClass)) return undefined;
    this.#taken.set(portalId, taken + 1);
    return () => this.#leave(portalId);
  }

  /** See WaitingGate. */
  enterAny(portalId: string): { readonly leave: () => void; readonly least: StepClass } | undefined {
    for (const stepClass of LEAST_FIRST) {
      const leave = this.enter(portalId, stepClass);
      if (leave) return { leave, least: stepClass === 'backfill' ? 'directory' : stepClass };
    }
    return undefined;
  }

  #leave(portalId: string): void {
    const taken = (this.#taken.get(portalId) ?? 1) - 1;
    if (taken > 0) this.#taken.set(portalId, taken);
    else this.#taken.delete(portalId);
  }

  #placesFor(stepClass: StepClass): number {
    switch (stepClass) {
      case 'live-card':
        return this.places;
      case 'finish':
        return Math.max(1, this.places - 1);
      case 'recording':
      case 'backfill':
      case 'directory':
        return Math.max(1, Math.floor(this.places / 2));
    }
  }
}
