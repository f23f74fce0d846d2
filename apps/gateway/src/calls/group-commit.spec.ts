import type { Call } from '@app/calls';
import { GroupCommit, type GroupCommitListener, type JournalChange, type JournalEvent } from './group-commit';

/** A journal that keeps what it was given, and fails as told. */
class FakeJournal {
  readonly commits: JournalChange[][] = [];
  fail: (group: readonly JournalChange[]) => unknown = () => undefined;
  private readonly commitListeners: (() => void)[] = [];

  commit(group: readonly JournalChange[]): Promise<void> {
    const error = this.fail(group);
    if (error) return Promise.reject(error instanceof Error ? error : new Error('away'));
    this.commits.push([...group]);
    this.commitListeners.splice(0).forEach((told) => told());
    return Promise.resolve();
  }

  nextCommit(): Promise<void> {
    return new Promise((resolve) => this.commitListeners.push(resolve));
  }

  callIds(): string[][] {
    return this.commits.map((group) => group.map(({ call }) => call.callId));
  }
}

class BadRow extends Error {
  readonly kind = 'bad-row';
}

const call = (callId: string, version = 1): Call => ({
  callId,
  switchId: 'fs1',
  coreUuid: 'core',
  started: { at: 0, seq: 1 },
  legs: [],
  bridges: [],
  unbridges: [],
  rooms: [],
  transfers: [],
  recordings: [],
  absorbed: [],
  version,
});

const journalEvent = (sequence: number): JournalEvent => ({
  event: { type: 'LegRang', channelUuid: 'c', moment: { at: 0, seq: sequence } },
  coreUuid: 'core',
  sequence,
  observedAt: 0,
});

const change = (callId: string, sequence: number, version = sequence): JournalChange => ({
  call: call(callId, version),
  events: [journalEvent(sequence)],
});

function setUp(options: { mostEvents?: number } = {}) {
  const journal = new FakeJournal();
  const told = {
    committed: [] as string[][],
    unavailable: [] as number[],
    setAside: [] as string[],
    dropped: 0,
  };
  const listener: GroupCommitListener = {
    committed: (calls) => told.committed.push(calls.map(({ callId }) => callId)),
    unavailable: (_error, waiting) => told.unavailable.push(waiting),
    setAside: (aside) => told.setAside.push(aside.callId),
    eventsDropped: (count) => (told.dropped += count),
  };
  const commit = new GroupCommit(journal, listener, {
    intervalMs: 1,
    retryMs: 1,
    mostEvents: options.mostEvents ?? 100,
  });
  return { journal, told, commit };
}

describe('group commit', () => {
  it('writes the changes of several calls in one transaction, each call once with all its events', async () => {
    const { journal, commit, told } = setUp();
    commit.add(change('a', 1));
    commit.add(change('b', 2));
    commit.add(change('a', 3));
    await journal.nextCommit();
    await commit.flush();

    expect(journal.callIds()).toEqual([['a', 'b']]);
    expect(journal.commits[0]?.[0]?.events.map((e) => e.sequence)).toEqual([1, 3]);
    expect(journal.commits[0]?.[0]?.call.version).toBe(3);
    expect(told.committed).toEqual([['a', 'b']]);
  });

  it('keeps what it could not write while the database is away, and writes it in order when it is back', async () => {
    const { journal, commit, told } = setUp();
    journal.fail = () => new Error('connection refused');
    commit.add(change('a', 1));
    await commit.flush();
    commit.add(change('a', 2));
    expect(told.unavailable.length).toBeGreaterThan(0);

    journal.fail = () => undefined;
    await journal.nextCommit();
    await commit.flush();
    expect(journal.commits.flat().flatMap(({ events }) => events.map((e) => e.sequence))).toEqual([1, 2]);
    expect(journal.commits.at(-1)?.[0]?.call.version).toBe(2);
  });

  it('a call that the database refuses does not cost its neighbours: it is set aside alone', async () => {
    const { journal, commit, told } = setUp();
    journal.fail = (group) =>
      group.some((c) => c.call.callId === 'bad') ? new BadRow('refused') : undefined;
    for (const callId of ['a', 'b', 'bad', 'c', 'd']) commit.add(change(callId, 1));
    await commit.flush();

    expect(journal.callIds().flat().sort()).toEqual(['a', 'b', 'c', 'd']);
    expect(told.setAside).toEqual(['bad']);
  });

  it('bounds the journal kept in memory, never the calls', async () => {
    const { journal, commit, told } = setUp({ mostEvents: 3 });
    journal.fail = () => new Error('away');
    for (let sequence = 1; sequence <= 5; sequence++) commit.add(change('a', sequence));
    await commit.flush();
    expect(told.dropped).toBe(2);

    journal.fail = () => undefined;
    await commit.flush();
    expect(
      journal.commits.flat().map(({ call: kept, events }) => [kept.version, events.map((e) => e.sequence)]),
    ).toEqual([[5, [3, 4, 5]]]);
  });

  it('writes the rest when it is stopped', async () => {
    const { journal, commit } = setUp();
    commit.add(change('a', 1));
    await commit.stop();
    expect(journal.callIds()).toEqual([['a']]);
  });
});
