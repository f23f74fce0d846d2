import { openCapture } from '../../captured-calls/capture-library';
import { deviationsOf } from './compare-ladders';
import { ladderOf } from './ladder';
import { COMMANDED } from './situations/commanded';
import { INBOUND } from './situations/inbound';
import { OUTBOUND } from './situations/outbound';
import { TRANSFERS } from './situations/transfers';
import { Stage } from './stage';

const LONGEST_MS = 12_000;

jest.setTimeout(3 * LONGEST_MS);

/** A script that waits for something that never comes must not keep its switch for ever. */
async function inTime<T>(running: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the script waits in vain')), LONGEST_MS);
  });
  try {
    return await Promise.race([running, late]);
  } finally {
    clearTimeout(timer);
  }
}

describe('captured situations', () => {
  it.each(Object.entries({ ...INBOUND, ...OUTBOUND, ...COMMANDED, ...TRANSFERS }))(
    '%s',
    async (name, script) => {
      const stage = await Stage.open();
      try {
        await inTime(script(stage));
        await inTime(stage.idle());
        expect(stage.embedded.errors).toEqual([]);
        const real = ladderOf((await openCapture(name)).events.map(({ record }) => record));
        expect(deviationsOf(real, ladderOf(stage.events))).toEqual([]);
      } finally {
        for (const e of stage.events)
          require('node:fs').appendFileSync(
            '/tmp/emb/dbg.txt',
            [
              'DBG',
              String(e['Event-Name']),
              String(e['Channel-Name']),
              String(e['Channel-State']),
              String(e['Application'] ?? ''),
              String(e['Application-Data'] ?? ''),
              String(e['Hangup-Cause'] ?? ''),
            ].join(' ') + '\n',
          );
        await stage.close();
      }
    },
  );
});
