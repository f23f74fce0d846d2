import { listCaptures, openCapture } from '../../captured-calls/capture-library';
import type { EventRecord } from '../../captured-calls/captured-event';
import { inTime } from '../testing/in-time';
import { deviationsOf } from './compare-ladders';
import { KNOWN_DEVIATIONS, NOT_PRODUCED } from './known-deviations';
import { ladderOf } from './ladder';
import { queueEvents } from './queue-events';
import { COMMANDED } from './situations/commanded';
import { FIFO } from './situations/fifo';
import { INBOUND, type Script } from './situations/inbound';
import { OUTBOUND } from './situations/outbound';
import { QUEUES } from './situations/queues';
import { SPECIAL } from './situations/special';
import { TRANSFERS } from './situations/transfers';
import { Stage } from './stage';

const SCRIPTS: Readonly<Record<string, Script>> = {
  ...INBOUND,
  ...OUTBOUND,
  ...COMMANDED,
  ...TRANSFERS,
  ...SPECIAL,
  ...QUEUES,
  ...FIFO,
};

jest.setTimeout(120_000);

/** Plays a situation on a switch of its own; gives what was heard. */
async function play(script: Script): Promise<readonly EventRecord[]> {
  const stage = await Stage.open();
  try {
    await inTime(script(stage), () => stage.events);
    await inTime(stage.idle(), () => stage.events);
    expect(stage.embedded.errors).toEqual([]);
    return stage.events;
  } finally {
    await stage.close();
  }
}

async function captured(name: string): Promise<readonly EventRecord[]> {
  return (await openCapture(name)).events.map(({ record }) => record);
}

describe('captured situations', () => {
  // Side by side: most of the time a phone rings.
  it.concurrent.each(Object.entries(SCRIPTS))(
    '%s: the same events as from the real switch',
    async (name, script) => {
      const heard = await play(script);
      const real = await captured(name);
      expect(deviationsOf(ladderOf(real), ladderOf(heard))).toEqual(KNOWN_DEVIATIONS[name] ?? []);
      expect(queueEvents(heard)).toEqual(queueEvents(real));
    },
  );

  it('are all either played or known not to be', () => {
    const known = [...Object.keys(SCRIPTS), ...Object.keys(NOT_PRODUCED)];
    expect(known.sort()).toEqual([...listCaptures()].sort());
  });
});
