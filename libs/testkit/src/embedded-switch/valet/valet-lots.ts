/** One place of a lot, with the call that waits there. */
interface Place {
  readonly uuid: string;
  /** Somebody is being connected with it. */
  isTaken: boolean;
}

/** Parking lots of mod_valet_parking: which call waits at which extension. */
export class ValetLots {
  readonly #lots = new Map<string, Map<string, Place>>();

  /** The call that waits there and that nobody has taken yet. */
  waitingAt(lot: string, extension: string): string | undefined {
    const place = this.#lots.get(lot)?.get(extension);
    return place && !place.isTaken ? place.uuid : undefined;
  }

  park(lot: string, extension: string, uuid: string): void {
    const places = this.#lots.get(lot) ?? new Map<string, Place>();
    this.#lots.set(lot, places);
    places.set(extension, { uuid, isTaken: false });
  }

  /** Somebody takes the call: nobody else can any more. */
  take(lot: string, extension: string): void {
    const place = this.#lots.get(lot)?.get(extension);
    if (place) place.isTaken = true;
  }

  /** The call has gone from its place. */
  leave(lot: string, extension: string, uuid: string): void {
    const places = this.#lots.get(lot);
    if (places?.get(extension)?.uuid === uuid) places.delete(extension);
  }

  /** The first free place of a range, or (out) the first one where somebody waits. */
  find(lot: string, [min, max]: readonly [number, number], direction: 'in' | 'out'): string | undefined {
    for (let at = Math.max(1, min); at <= max; at += 1) {
      const isFree = this.#lots.get(lot)?.get(String(at)) === undefined;
      const fits = direction === 'in' ? isFree : this.waitingAt(lot, String(at)) !== undefined;
      if (fits) return String(at);
    }
    return undefined;
  }
}
