import type { Call, Change } from '@app/calls';

/** Where the changes of calls are kept. One transaction for all of them. */
export interface CallJournal {
  commit(changes: readonly JournalChange[]): Promise<void>;
}

/** A call as it is now, and the journal entries that led there since the last commit. */
export interface JournalChange {
  readonly call: Call;
  readonly events: readonly JournalEvent[];
}

export interface JournalEvent {
  readonly event: Change['events'][number];
  readonly coreUuid: string;
  readonly sequence: number;
  /** When this process saw it; epoch ms. */
  readonly observedAt: number;
}

export interface GroupCommitOptions {
  /** How long changes are gathered before they are written; ms. */
  readonly intervalMs: number;
  /** How long to wait before a commit that failed is tried again; ms. */
  readonly retryMs: number;
  /** Journal entries kept in memory while the database is away. Beyond it the oldest go; the calls themselves stay. */
  readonly mostEvents: number;
}

/** What becomes of changes, told to whoever needs to know. */
export interface GroupCommitListener {
  committed(calls: readonly Call[], durationMs: number): void;
  /** The database does not answer; `waiting` calls are kept in memory. */
  unavailable(error: unknown, waiting: number): void;
  /** A call that the database refuses whatever we do: set aside, so that it does not cost the others. */
  setAside(call: Call, error: unknown): void;
  eventsDropped(count: number): void;
}

/** A refusal that lies in the row itself, so that trying again is no use (`StoreError` of libs/store says so). */
export function isBadRow(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'kind' in error && error.kind === 'bad-row';
}

/**
 * Writes the changes of many calls in one transaction every few milliseconds: a switch tells in bursts, and a
 * transaction per event would be the limit of the gateway. The price is that a crash loses the last few milliseconds,
 * which the reconciliation with the switch makes good.
 *
 * Idle: nothing to write. Gathering: the first change starts the interval. Writing: one commit at a time, what comes
 * meanwhile is gathered for the next. Away: the database failed; gathering goes on, bounded, and the commit is tried
 * again every `retryMs`. A commit refused because of its data is split by halves until the bad call stands alone.
 */
export class GroupCommit {
  private waiting = new Map<string, { call: Call; events: JournalEvent[] }>();
  private eventCount = 0;
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> | undefined;
  private stopped = false;

  constructor(
    private readonly journal: CallJournal,
    private readonly listener: GroupCommitListener,
    private readonly options: GroupCommitOptions,
  ) {}

  /** Gathers a change; it is written with the next group. */
  add(change: JournalChange): void {
    const known = this.waiting.get(change.call.callId);
    if (known) {
      known.call = change.call;
      known.events.push(...change.events);
    } else {
      this.waiting.set(change.call.callId, { call: change.call, events: [...change.events] });
    }
    this.eventCount += change.events.length;
    if (this.eventCount > this.options.mostEvents) this.dropEvents();
    this.schedule(this.options.intervalMs);
  }

  /** Writes what is waiting, and resolves when a try has been made. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.writing;
    if (this.waiting.size === 0) return;
    this.writing = this.write(this.takeWaiting()).finally(() => (this.writing = undefined));
    await this.writing;
  }

  /** Makes a last try to write, and gathers no more. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.flush();
    clearTimeout(this.timer);
  }

  private schedule(delayMs: number): void {
    if (this.timer || this.stopped) return;
    this.timer = setTimeout(() => void this.flush(), delayMs);
  }

  private takeWaiting(): JournalChange[] {
    const group = [...this.waiting.values()];
    this.waiting = new Map();
    this.eventCount = 0;
    return group;
  }

  private async write(group: readonly JournalChange[]): Promise<void> {
    const began = performance.now();
    try {
      await this.journal.commit(group);
      this.listener.committed(
        group.map(({ call }) => call),
        performance.now() - began,
      );
    } catch (error) {
      await this.handleFailure(group, error);
    }
  }

  private async handleFailure(group: readonly JournalChange[], error: unknown): Promise<void> {
    if (!isBadRow(error)) {
      this.putBack(group);
      this.listener.unavailable(error, this.waiting.size);
      this.schedule(this.options.retryMs);
      return;
    }
    const [only] = group;
    if (group.length === 1 && only) {
      this.listener.setAside(only.call, error);
      return;
    }
    const half = Math.ceil(group.length / 2);
    await this.write(group.slice(0, half));
    await this.write(group.slice(half));
  }

  /** Newer facts of a call may have been gathered meanwhile: they win, its older events go before them. */
  private putBack(group: readonly JournalChange[]): void {
    const newer = this.waiting;
    this.waiting = new Map(group.map(({ call, events }) => [call.callId, { call, events: [...events] }]));
    for (const [callId, { call, events }] of newer) {
      const older = this.waiting.get(callId);
      this.waiting.set(callId, { call, events: [...(older?.events ?? []), ...events] });
    }
    this.eventCount = [...this.waiting.values()].reduce((sum, { events }) => sum + events.length, 0);
  }

  private dropEvents(): void {
    let excess = this.eventCount - this.options.mostEvents;
    for (const { events } of this.waiting.values()) {
      const dropped = events.splice(0, excess).length;
      excess -= dropped;
      this.eventCount -= dropped;
      this.listener.eventsDropped(dropped);
      if (excess <= 0) return;
    }
  }
}
