/** So many packets in a row from elsewhere, and none from where they should come: the far end is behind a NAT. */
const PACKETS_TO_BELIEVE = 10;

/**
 * Decides whose packets are heard. Ports are used again, so a late packet of an earlier call may arrive in the next one:
 * only the place that the far end has named counts. One exception: if nothing comes from there and something steadily from
 * one other place, that is the far end behind an address translation.
 */
export class RtpSource {
  #expected = '';
  #hasCome = false;
  #stranger = '';
  #inARow = 0;
  #strays = 0;

  /** Packets that were not heard. */
  get strays(): number {
    return this.#strays;
  }

  expect({ address, port }: { readonly address: string; readonly port: number }): void {
    const expected = `${address}:${port}`;
    if (expected === this.#expected) return;
    this.#expected = expected;
    this.#hasCome = false;
    this.#inARow = 0;
  }

  isFarEnd(address: string, port: number): boolean {
    const from = `${address}:${port}`;
    if (from === this.#expected || (this.#isBelieved && from === this.#stranger)) {
      this.#hasCome ||= from === this.#expected;
      return true;
    }
    this.#inARow = from === this.#stranger ? this.#inARow + 1 : 1;
    this.#stranger = from;
    if (this.#isBelieved) return true;
    this.#strays += 1;
    return false;
  }

  get #isBelieved(): boolean {
    return !this.#hasCome && this.#inARow >= PACKETS_TO_BELIEVE;
  }
}
