import { EslConnectionLostError, EslUnsafeCommandError } from './errors';
import { JobBook } from './job-book';
import { eventFromRecord } from './record-event';
import { ManualClock } from './testing/manual-clock';

function finished(jobUuid: string, result?: string): ReturnType<typeof eventFromRecord> {
  return eventFromRecord({ 'Event-Name': 'BACKGROUND_JOB', 'Job-UUID': jobUuid, _body: result });
}

describe('JobBook', () => {
  it('gives a job its result, and forgets it', async () => {
    const clock = new ManualClock();
    const book = new JobBook(clock);
    const job = book.expect('j-1', 'bgapi status', 100);

    book.settle(finished('j-2', 'of somebody else'));
    book.settle(finished('j-1', '+OK'));

    expect(await job).toBe('+OK');
    expect(clock.pending).toEqual([]);
    book.settle(finished('j-1', 'once more'));
    await expect(withTimeout(book, clock)).rejects.toMatchObject({ name: 'EslTimeoutError' });
  });

  it('a job without output has an empty result', async () => {
    const book = new JobBook(new ManualClock());
    const job = book.expect('j-1', 'bgapi x', 100);
    book.settle(finished('j-1'));

    expect(await job).toBe('');
  });

  it('a job that takes too long has an unknown outcome', async () => {
    const clock = new ManualClock();

    await expect(withTimeout(new JobBook(clock), clock)).rejects.toMatchObject({
      verdict: 'unknown-outcome',
    });
  });

  it('all jobs fail with an unknown outcome when the link is gone', async () => {
    const clock = new ManualClock();
    const book = new JobBook(clock);
    const jobs = [book.expect('j-1', 'bgapi a', 100), book.expect('j-2', 'bgapi b', 100)];

    book.failAll(new EslConnectionLostError('gone'));

    for (const job of jobs) await expect(job).rejects.toMatchObject({ verdict: 'unknown-outcome' });
    expect(clock.pending).toEqual([]);
  });

  it.each(['', 'a'.repeat(37), 'a b', 'a\nb'])(
    'refuses the Job-UUID %j, which the switch would not give back',
    (jobUuid) => {
      expect(() => new JobBook(new ManualClock()).expect(jobUuid, 'bgapi x', 1)).toThrow(
        EslUnsafeCommandError,
      );
    },
  );

  it('refuses a Job-UUID that is in use', async () => {
    const book = new JobBook(new ManualClock());
    const first = book.expect('j-1', 'bgapi x', 100);

    expect(() => book.expect('j-1', 'bgapi x', 100)).toThrow('in use');

    book.settle(finished('j-1', '+OK'));
    expect(await first).toBe('+OK');
  });
});

async function withTimeout(book: JobBook, clock: ManualClock): Promise<string> {
  const job = book.expect('j-1', 'bgapi x', 100);
  clock.advance(100);
  return job;
}
