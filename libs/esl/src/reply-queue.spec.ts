import { EslConnectionLostError, EslTimeoutError } from './errors';
import { ReplyQueue } from './reply-queue';
import { ManualClock } from './testing/manual-clock';

function setUp(): { clock: ManualClock; queue: ReplyQueue; stalled: EslTimeoutError[] } {
  const clock = new ManualClock();
  const stalled: EslTimeoutError[] = [];
  return { clock, stalled, queue: new ReplyQueue(clock, 45_000, (error) => stalled.push(error)) };
}

describe('ReplyQueue', () => {
  it('answers in order', async () => {
    const { queue, clock } = setUp();
    const replies = [queue.expect('a', 100), queue.expect('b', 100)];

    expect([queue.settle({ text: '1' }), queue.settle({ text: '2' })]).toEqual(['delivered', 'delivered']);
    expect(await Promise.all(replies)).toEqual([{ text: '1' }, { text: '2' }]);
    expect(clock.pending).toEqual([]);
  });

  it('a command that timed out keeps its place, so its late reply is not the next one’s', async () => {
    const { queue, clock, stalled } = setUp();
    const slow = queue.expect('slow', 100);
    clock.advance(100);
    await expect(slow).rejects.toMatchObject({
      name: 'EslTimeoutError',
      verdict: 'unknown-outcome',
      timeoutMs: 100,
    });
    const next = queue.expect('next', 100);

    expect([queue.settle({ text: 'of slow' }), queue.settle({ text: 'of next' })]).toEqual([
      'late',
      'delivered',
    ]);
    expect(await next).toEqual({ text: 'of next' });
    clock.advance(100_000);
    expect(stalled).toEqual([]);
  });

  it('reports a stall when even the late reply does not come', async () => {
    const { queue, clock, stalled } = setUp();
    const slow = queue.expect('slow', 100);
    clock.advance(100);
    await expect(slow).rejects.toBeInstanceOf(EslTimeoutError);

    clock.advance(44_999);
    expect(stalled).toEqual([]);
    clock.advance(1);
    expect(stalled).toMatchObject([{ name: 'EslTimeoutError', message: 'slow: no answer within 45100 ms' }]);
  });

  it('a reply nobody waits for is unexpected', () => {
    expect(setUp().queue.settle({ text: 'x' })).toBe('unexpected');
  });

  it('fails everything in flight with an unknown outcome and the reason', async () => {
    const { queue, clock } = setUp();
    const replies = [queue.expect('a', 100), queue.expect('b', 100)];
    const cause = new EslConnectionLostError('gone');

    queue.failAll(cause);

    for (const reply of replies) {
      await expect(reply).rejects.toMatchObject({
        name: 'EslConnectionLostError',
        verdict: 'unknown-outcome',
        cause,
      });
    }
    expect(clock.pending).toEqual([]);
  });
});
