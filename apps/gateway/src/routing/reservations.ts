import type { Address, Presence } from './presence';

interface Holder {
  readonly callId: string;
  readonly address: Address;
}

/**
 * Who is about to ring, or rings, for which routed call. It closes the gap between a decision and the first event of the
 * leg that follows from it: in between, presence would still call him free. One decision at a time may reserve.
 */
export class Reservations {
  private readonly held = new Map<string, Holder>();
  /** Calls that somebody has answered, but whose legs do not say so yet. */
  private readonly answered = new Set<string>();

  constructor(
    private readonly presence: Pick<Presence, 'isInCall'>,
    private readonly onReleased: () => void,
  ) {}

  /** Whether somebody rings for another call than this. */
  isHeld(address: Address, exceptCallId: string): boolean {
    const holder = this.held.get(keyOf(address));
    return holder !== undefined && holder.callId !== exceptCallId;
  }

  /** Reserves people for a call; they were free. */
  hold(addresses: readonly Address[], callId: string): void {
    for (const address of addresses) this.held.set(keyOf(address), { callId, address });
  }

  /** The ring is over: nobody rings for this call any more. */
  release(callId: string): void {
    this.answered.delete(callId);
    const mine = this.heldBy(callId);
    for (const { address } of mine) this.held.delete(keyOf(address));
    if (mine.length > 0) this.onReleased();
  }

  /**
   * Somebody has answered. The reservations stay until the legs say so too: the event that told us may be ahead of those
   * that presence lives on.
   */
  keepUntilSeen(callId: string): void {
    this.answered.add(callId);
    this.settle();
  }

  /** Legs were seen: what they tell needs no reservation any more. */
  settle(): void {
    for (const callId of [...this.answered]) {
      if (this.heldBy(callId).some(({ address }) => this.presence.isInCall(address))) this.release(callId);
    }
  }

  private heldBy(callId: string): Holder[] {
    return [...this.held.values()].filter((holder) => holder.callId === callId);
  }
}

function keyOf({ extension, domain = '' }: Address): string {
  return `${extension}@${domain}`;
}
