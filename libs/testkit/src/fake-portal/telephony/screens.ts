/** A card on somebody's screen, from when to when. Times in epoch ms. */
export interface CardInterval {
  readonly callId: string;
  readonly shownAt: number;
  readonly by: 'register' | 'show' | 'click';
  hiddenAt?: number;
  hiddenBy?: 'hide' | 'finish';
}

/** Who sees which card, and who saw which when. */
export class Screens {
  readonly #byUser = new Map<number, CardInterval[]>();
  /** The open cards of each call, by user. */
  readonly #open = new Map<string, Map<number, CardInterval>>();

  /** All cards this user has ever seen, oldest first. */
  of(userId: number): readonly CardInterval[] {
    return this.#byUser.get(userId) ?? [];
  }

  /** The cards this user sees now. */
  openOn(userId: number): readonly CardInterval[] {
    return this.of(userId).filter(({ hiddenAt }) => hiddenAt === undefined);
  }

  /** Users who see the card of this call now. */
  viewers(callId: string): readonly number[] {
    return [...(this.#open.get(callId)?.keys() ?? [])].sort((a, b) => a - b);
  }

  /** Everybody who has ever seen a card. */
  get userIds(): readonly number[] {
    return [...this.#byUser.keys()].sort((a, b) => a - b);
  }

  clear(): void {
    this.#byUser.clear();
    this.#open.clear();
  }

  /** Opens a card; one that is open already stays. */
  show(userId: number, callId: string, at: number, by: CardInterval['by']): void {
    const viewers = this.#open.get(callId) ?? new Map<number, CardInterval>();
    if (viewers.has(userId)) return;
    const card: CardInterval = { callId, shownAt: at, by };
    this.#open.set(callId, viewers.set(userId, card));
    const seen = this.#byUser.get(userId) ?? [];
    seen.push(card);
    this.#byUser.set(userId, seen);
  }

  /** Closes the card of a call for these users. */
  hide(userIds: readonly number[], callId: string, at: number, by: CardInterval['hiddenBy']): void {
    const viewers = this.#open.get(callId);
    for (const userId of userIds) {
      const card = viewers?.get(userId);
      if (card) Object.assign(card, { hiddenAt: at, hiddenBy: by });
      viewers?.delete(userId);
    }
    if (viewers?.size === 0) this.#open.delete(callId);
  }
}
