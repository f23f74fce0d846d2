import fc from 'fast-check';
import { readRtp, writeRtp, type RtpPacket } from './rtp-packet';
import { RtpStatistics } from './rtp-statistics';
import { RtpSource } from './rtp-source';

const packet = (sequence: number, over: Partial<RtpPacket> = {}): RtpPacket => ({
  payloadType: 0,
  sequence: sequence & 0xffff,
  timestamp: (sequence * 160) >>> 0,
  ssrc: 7,
  marker: false,
  payload: Buffer.alloc(160, 0xff),
  ...over,
});

describe('packets', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(
        fc.record({
          payloadType: fc.nat(127),
          sequence: fc.nat(0xffff),
          timestamp: fc.nat(0xffffffff),
          ssrc: fc.nat(0xffffffff),
          marker: fc.boolean(),
          payload: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
        }),
        (one) => expect(readRtp(writeRtp(one))).toEqual(one),
      ),
    );
  });

  it('any bytes are read or refused, never a failure', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const read = readRtp(Buffer.from(bytes));
        expect(read === undefined || read.payload.length <= bytes.length).toBe(true);
      }),
    );
  });

  it('contributing sources, extension and padding are no sound', () => {
    const bytes = Buffer.concat([
      Buffer.from([0b1011_0001, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3]),
      Buffer.from([9, 9, 9, 9]),
      Buffer.from([0xbe, 0xde, 0, 1, 1, 2, 3, 4]),
      Buffer.from([42, 43, 0, 0, 3]),
    ]);
    expect(readRtp(bytes)?.payload).toEqual(Buffer.from([42, 43]));
  });
});

describe('statistics', () => {
  /** Receives packets every 20 ms; the report at the end. */
  function receive(sequences: readonly number[], over: Partial<RtpPacket> = {}) {
    const statistics = new RtpStatistics();
    sequences.forEach((sequence, i) => statistics.receive(packet(sequence, over), 1000 + i * 20));
    return statistics.report;
  }
  const range = (first: number, count: number): number[] =>
    Array.from({ length: count }, (_, i) => first + i);

  it('a stream over the end of the sequence numbers is whole', () => {
    expect(receive(range(65_500, 100))).toMatchObject({ packets: 100, lost: 0, reordered: 0, streams: 1 });
  });

  it('missing packets are lost, also at the end of the numbers', () => {
    const some = range(65_500, 100).filter((sequence) => sequence % 10 !== 5);
    expect(receive(some).lost).toBe(10);
  });

  it('for any losses, received and lost packets make all from the first to the last', () => {
    fc.assert(
      fc.property(
        fc.nat(0xffff),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 300 }),
        (first, comes) => {
          const sent = comes.flatMap((isThere, i) => (isThere ? [first + i] : []));
          const [low, high] = [sent[0] ?? 0, sent.at(-1) ?? -1];
          fc.pre(sent.every((sequence, i) => i === 0 || sequence - sent[i - 1]! < 100));
          expect(receive(sent).lost).toBe(high - low + 1 - sent.length);
        },
      ),
    );
  });

  it('a packet that comes late was not lost, one that comes twice counts once', () => {
    expect(receive([1, 2, 4, 3, 5, 5])).toMatchObject({ packets: 6, lost: 0, reordered: 1, duplicates: 1 });
  });

  it('late and doubled packets are not heard', () => {
    const statistics = new RtpStatistics();
    expect([1, 2, 4, 3, 4].map((sequence) => statistics.receive(packet(sequence), 0))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  it('another source, or a jump of the numbers, is a new stream and no loss', () => {
    const statistics = new RtpStatistics();
    statistics.receive(packet(10), 0);
    statistics.receive(packet(40_000, { ssrc: 8 }), 20);
    statistics.receive(packet(5_000, { ssrc: 8 }), 40);
    expect(statistics.report).toMatchObject({ streams: 3, lost: 0 });
  });

  it('counts pauses, and not those that were agreed on', () => {
    const statistics = new RtpStatistics();
    statistics.receive(packet(1), 0);
    statistics.receive(packet(2), 300);
    statistics.expectPause();
    statistics.receive(packet(3), 9_000);
    expect(statistics.report).toMatchObject({ gaps: 1, longestGapMs: 300 });
  });

  it('jitter is zero for an even stream, grows with uneven arrival, and leaves out a new clock of the sender', () => {
    expect(receive(range(1, 50)).jitterMs).toBe(0);
    const statistics = new RtpStatistics();
    range(1, 50).forEach((sequence) =>
      statistics.receive(packet(sequence), sequence * 20 + (sequence % 2) * 8),
    );
    expect(statistics.report.jitterMs).toBeGreaterThan(5);
    const jumping = new RtpStatistics();
    jumping.receive(packet(1), 20);
    jumping.receive(packet(2, { timestamp: 4_000_000 }), 40);
    expect(jumping.report.jitterMs).toBe(0);
  });
});

describe('the source', () => {
  it('packets from elsewhere are strays', () => {
    const source = new RtpSource();
    source.expect({ address: '127.0.0.1', port: 4000 });
    expect([source.isFarEnd('127.0.0.1', 4000), source.isFarEnd('127.0.0.1', 4002)]).toEqual([true, false]);
    for (let i = 0; i < 50; i++) source.isFarEnd('127.0.0.1', 4002);
    expect(source.strays).toBe(51);
  });

  it('a far end behind an address translation is believed after a while', () => {
    const source = new RtpSource();
    source.expect({ address: '10.0.0.1', port: 4000 });
    const heard = Array.from({ length: 12 }, () => source.isFarEnd('203.0.113.9', 5555));
    expect(heard).toEqual([...Array<boolean>(9).fill(false), true, true, true]);
  });
});
