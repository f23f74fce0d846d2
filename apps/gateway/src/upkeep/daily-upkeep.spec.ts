import { createLogger } from '@app/observability';
import { DailyUpkeep } from './daily-upkeep';

const log = createLogger({ app: 'gateway', level: 'silent' });
const KEPT = { portal_request: 90, portal_event: 30 };

describe('the upkeep of the daily tables', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('is done at the start and every day, until the end', async () => {
    const done: string[] = [];
    const upkeep = new DailyUpkeep(
      {
        prepare: () => Promise.resolve(void done.push('prepare')),
        drop: (table, days) => {
          done.push(`${table} ${days}`);
          return Promise.resolve(0);
        },
      },
      KEPT,
      log,
    );
    const everything = ['prepare', 'portal_request 90', 'portal_event 30'];
    await upkeep.onApplicationBootstrap();
    expect(done).toEqual(everything);
    await jest.advanceTimersByTimeAsync(24 * 60 * 60 * 1000);
    expect(done).toEqual([...everything, ...everything]);
    upkeep.beforeApplicationShutdown();
    await jest.advanceTimersByTimeAsync(48 * 60 * 60 * 1000);
    expect(done).toHaveLength(6);
  });

  it('keeps no gateway from starting', async () => {
    const away = () => Promise.reject(new Error('the database is away'));
    const upkeep = new DailyUpkeep({ prepare: away, drop: away }, KEPT, log);
    await expect(upkeep.onApplicationBootstrap()).resolves.toBeUndefined();
    upkeep.beforeApplicationShutdown();
  });
});
