import fc from 'fast-check';
import { DigitSender } from './digit-sender';
import { isDialable, readTelephoneEvent, writeTelephoneEvent } from './telephone-event';

const DIGITS = '0123456789*#ABCD'.split('');

describe('telephone-events', () => {
  it.each(DIGITS.map((digit, event) => [digit, event] as const))('%s is event %i', (digit, event) => {
    const bytes = writeTelephoneEvent({ digit, isEnd: false, volume: 10, duration: 160 });
    expect([...bytes]).toEqual([event, 10, 0, 160]);
    expect(readTelephoneEvent(bytes)).toEqual({ digit, isEnd: false, volume: 10, duration: 160 });
  });

  it('the end is a bit of its own, and a duration never overflows', () => {
    const bytes = writeTelephoneEvent({ digit: '5', isEnd: true, volume: 63, duration: 100_000 });
    expect([...bytes]).toEqual([5, 0x80 | 63, 0xff, 0xff]);
  });

  it('flash, fax tones and cut packets are no digits', () => {
    expect(readTelephoneEvent(Buffer.from([16, 0, 0, 0]))).toBeUndefined();
    expect(readTelephoneEvent(Buffer.from([36, 0, 0, 0]))).toBeUndefined();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3 }), (bytes) =>
        expect(readTelephoneEvent(Buffer.from(bytes))).toBeUndefined(),
      ),
    );
  });

  it('only digits can be dialled', () => {
    expect(['1*#D', '', 'd', '12 3'].map(isDialable)).toEqual([true, false, false, false]);
  });
});

describe('dialling', () => {
  /** What each 20 ms carries, until all has been sent. */
  async function frames(digits: string, timing: { digitMs: number; pauseMs: number }) {
    const sender = new DigitSender();
    const frameMs = 20;
    const done = sender.dial(digits, timing);
    const count = (digits.length * (timing.digitMs + timing.pauseMs)) / frameMs;
    const sent = Array.from({ length: count }, () => sender.nextFrame());
    await done;
    return sent;
  }

  it('a digit grows by 20 ms a packet, and its end is said three times', async () => {
    const sent = (await frames('7', { digitMs: 60, pauseMs: 40 })).flat();
    expect(sent.map(({ payload }) => readTelephoneEvent(payload))).toEqual(
      [160, 320, 480, 480, 480].map((duration, i) => ({ digit: '7', isEnd: i >= 2, volume: 10, duration })),
    );
    expect(sent.map(({ isFirst }) => isFirst)).toEqual([true, false, false, false, false]);
  });

  it('between two digits there is sound', async () => {
    const sent = await frames('12', { digitMs: 40, pauseMs: 60 });
    expect(sent.map(({ length }) => length)).toEqual([1, 3, 0, 0, 0, 1, 3, 0, 0, 0]);
  });

  it('whoever waits for the digits of a call that ends goes on', async () => {
    const sender = new DigitSender();
    const done = sender.dial('123');
    sender.stop();
    await done;
    expect(sender.nextFrame()).toEqual([]);
  });
});
