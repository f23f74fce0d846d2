import { FramingError } from './errors';
import { FrameDecoder, MAX_BODY_BYTES, MAX_HEADER_BYTES } from './frame-decoder';
import { capturedBodies, capturedStream, randomChunks, seededRandom } from './testing/frames';
import type { CapturedCall } from './testing/frames';

/** The frames of a stream as `type:body`, short to compare. */
function decode(chunks: Iterable<Buffer>): string[] {
  const decoder = new FrameDecoder();
  const frames: string[] = [];
  for (const chunk of chunks) {
    for (const { contentType, body } of decoder.push(chunk))
      frames.push(`${contentType}:${body.toString('latin1')}`);
  }
  return frames;
}

/** The one frame of a text. */
function only(text: string): {
  contentType: string;
  body: string;
  header: (name: string) => readonly string[];
} {
  const [frame, ...more] = [...new FrameDecoder().push(Buffer.from(text))];
  expect(more).toEqual([]);
  return {
    contentType: frame!.contentType,
    body: frame!.body.toString('utf8'),
    header: (name) => frame!.headers.getAll(name),
  };
}

describe.each(['inbound-answered-caller-hangs-up', 'caller-name-injection'] as const)(
  'captured: %s',
  (call: CapturedCall) => {
    describe.each(['json', 'plain'] as const)('%s', (format) => {
      const stream = capturedStream(call, format);
      const bodies = capturedBodies(call, format).map(
        (body) => `text/event-${format}:${body.toString('latin1')}`,
      );

      it('gives the greeting, two replies and every event', () => {
        const frames = decode([stream]);

        expect(frames.slice(0, 3)).toEqual(['auth/request:', 'command/reply:', 'command/reply:']);
        expect(frames.slice(3)).toEqual(bodies);
      });

      it('gives the same frames when its beginning is cut at any byte', () => {
        const start = stream.subarray(0, 4_000);
        const whole = decode([start]);
        expect(whole.length).toBeGreaterThanOrEqual(4);
        for (let cut = 1; cut < start.length; cut++) {
          expect(decode([start.subarray(0, cut), start.subarray(cut)])).toEqual(whole);
        }
      });

      it.each([1, 2, 3, 4, 5])('gives the same frames in random chunks (seed %i)', (seed) => {
        const random = seededRandom(seed);
        const chunks = randomChunks(stream, seed === 1 ? 7 : 3_000, random);

        expect(decode(chunks).slice(3)).toEqual(bodies);
      });
    });
  },
);

describe('headers', () => {
  it('divide at the first colon, so a value may hold ": "', () => {
    expect(only('Content-Type: command/reply\nReply-Text: +OK a: b: c\n\n').header('reply-text')).toEqual([
      '+OK a: b: c',
    ]);
  });

  it('keep every value of a repeated name', () => {
    expect(only('Content-Type: x\nJob: 1\njob: 2\n\n').header('Job')).toEqual(['1', '2']);
  });

  it('may lack a Content-Type, a colon or a value', () => {
    const frame = only('Nonsense\nEmpty:\n\n');

    expect([frame.contentType, frame.header('Nonsense'), frame.header('Empty')]).toEqual(['', [''], ['']]);
  });

  it('may be preceded by stray empty lines', () => {
    expect(decode([Buffer.from('\n\n'), Buffer.from('\nContent-Type: a\n\n\nContent-Type: b\n\n')])).toEqual([
      'a:',
      'b:',
    ]);
  });

  it('may hold the same Content-Length twice', () => {
    expect(only('Content-Length: 2\nContent-Length: 2\n\nab').body).toBe('ab');
  });
});

describe('bodies', () => {
  it('are counted in bytes, not characters', () => {
    expect(decode([Buffer.from('Content-Type: a\nContent-Length: 4\n\nЁЁContent-Type: b\n\n')])).toHaveLength(
      2,
    );
  });

  it('of length 0 end with the header', () => {
    expect(decode([Buffer.from('Content-Type: a\nContent-Length: 0\n\nContent-Type: b\n\n')])).toEqual([
      'a:',
      'b:',
    ]);
  });

  it('keep what looks like a frame border', () => {
    expect(only('Content-Length: 21\n\na\n\nContent-Length: 5\n').body).toBe('a\n\nContent-Length: 5\n');
  });

  it('at the limit are read, however many chunks bring them', () => {
    const body = Buffer.alloc(MAX_BODY_BYTES, 'x');
    const stream = Buffer.concat([Buffer.from(`Content-Length: ${MAX_BODY_BYTES}\n\n`), body]);
    const decoder = new FrameDecoder();
    const frames = [];
    for (let at = 0; at < stream.length; at += 65_536)
      frames.push(...decoder.push(stream.subarray(at, at + 65_536)));

    expect(frames).toHaveLength(1);
    expect(frames[0]!.body.equals(body)).toBe(true);
  });
});

describe('faults', () => {
  it.each([
    ['a length beyond the limit', `Content-Length: ${MAX_BODY_BYTES + 1}\n\n`],
    ['a length that is no number', 'Content-Length: 12abc\n\n'],
    ['an empty length', 'Content-Length:\n\n'],
    ['a negative length', 'Content-Length: -1\n\n'],
    ['two lengths', 'Content-Length: 1\nContent-Length: 2\n\n'],
    ['a header block without end', 'a'.repeat(MAX_HEADER_BYTES + 1)],
    ['a header block beyond the limit', `${'a'.repeat(MAX_HEADER_BYTES + 1)}\n\n`],
  ])('%s is fatal, but not for the frames before it', (_fault, broken) => {
    const frames = new FrameDecoder().push(Buffer.from(`Content-Type: good\n\n${broken}`))[Symbol.iterator]();

    expect(frames.next().value).toMatchObject({ contentType: 'good' });
    expect(() => frames.next()).toThrow(FramingError);
  });

  it('a frame that has not ended can be looked at', () => {
    const decoder = new FrameDecoder();
    expect([...decoder.push(Buffer.from('Content-Type: command/reply\nReply-Text: +OK'))]).toEqual([]);
    expect(decoder.unfinished).toBe('Content-Type: command/reply\nReply-Text: +OK');
  });
});
