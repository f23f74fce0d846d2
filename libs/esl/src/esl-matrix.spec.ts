/**
 * The correctness matrix: what four ESL clients were put through before this one was written, and where each of them
 * failed somewhere. Here every case runs against our link over TCP, with the bytes mod_event_socket writes.
 * (05-07 give the bytes straight to the decoder: TCP would join the pieces again.)
 *
 *  01 json: 100 realistic events               19 unknown Content-Type
 *  02 json: body with "\n\nContent-Length: 5"  20 FIN in the middle of a frame
 *  03 plain: 100 realistic events              21 RST in the middle of a frame
 *  04 plain: inner body, in bytes              22 api in flight when the link dies
 *  05 split at every byte, json                23 bgapi in flight when the link dies
 *  06 split at every byte, plain               24 wrong password
 *  07 chunks of one byte                       25 rude-rejection (ACL)
 *  08 3000 frames in one write                 26 a server that accepts and says nothing
 *  09 random chunks of 1 to 1460 bytes         27 nobody listens (ECONNREFUSED)
 *  10 log/data between events                  28 originate in flight, link dies, reconnect
 *  11 a frame of Content-Length 0              29 replies of mixed commands are not shifted
 *  12 plain: value "100%D0"                    30 an exception in the application's handler
 *  13 plain: CP1251 bytes                      31 "\n\n" inside a command
 *  14 json: CP1251 bytes                       32 1000 parallel bgapi
 *  15 Reply-Text with a bare "%"               33 20 000 foreign BACKGROUND_JOBs
 *  16 malformed xml event                      34 100 MB Content-Length
 *  17 malformed json event                     35 garbage Content-Length
 *  18 unknown event name                       36 reconnect
 */
import { randomUUID } from 'node:crypto';
import {
  EslAuthError,
  EslConnectionLostError,
  EslRefusedError,
  EslTimeoutError,
  EslUnsafeCommandError,
  FramingError,
} from './errors';
import { FrameDecoder } from './frame-decoder';
import { lazyJsonEvent } from './lazy-json-event';
import { plainEvent } from './plain-event';
import { answerKindly, EslTestServer, REJECTION } from './testing/esl-test-server';
import { capturedBodies, eventFrame, jsonEvent, randomChunks, seededRandom } from './testing/frames';
import { Linked } from './testing/linked';
import { ManualClock } from './testing/manual-clock';
import { waitFor } from './testing/wait-for';

const open: Linked[] = [];

async function up(...args: Parameters<typeof Linked.up>): Promise<Linked> {
  const linked = await Linked.up(...args);
  open.push(linked);
  return linked;
}

/** The parts of a link under test, with `deliver` usable apart from it. */
function bound(linked: Linked): Pick<Linked, 'deliver' | 'link' | 'server' | 'witness'> {
  const { link, server, witness } = linked;
  return { link, server, witness, deliver: (bytes, events) => linked.deliver(bytes, events) };
}

async function idle(...args: Parameters<typeof Linked.idle>): Promise<Linked> {
  const linked = await Linked.idle(...args);
  open.push(linked);
  return linked;
}

afterEach(async () => {
  for (const linked of open.splice(0)) await linked.close();
});

/** What a promise is rejected with; fails the test when it is not. */
async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('expected a rejection');
    },
    (error: unknown) => error,
  );
}

function decodeAll(chunks: Iterable<Buffer>): unknown[] {
  const decoder = new FrameDecoder();
  const records: unknown[] = [];
  for (const chunk of chunks) {
    for (const { contentType, body } of decoder.push(chunk)) {
      records.push((contentType === 'text/event-json' ? lazyJsonEvent : plainEvent)(body).toRecord());
    }
  }
  return records;
}

const hundredJson = capturedBodies('caller-name-injection', 'json').slice(0, 100);
const hundredPlain = capturedBodies('caller-name-injection', 'plain').slice(0, 100);
const parsed = hundredJson.map((body) => JSON.parse(body.toString('utf8')) as Record<string, unknown>);

describe('events, however they are written and cut', () => {
  it('01 json: 100 realistic events arrive as JSON.parse reads them', async () => {
    const text = Buffer.concat(hundredJson).toString('utf8');
    expect(text).toMatch(/[а-я]/i);
    expect(text).toContain('"variable_DP_MATCH":["');
    const { deliver, witness } = bound(await up());

    await deliver(Buffer.concat(hundredJson.map((body) => eventFrame('json', body))), 100);

    expect(witness.events.map((event) => event.toRecord())).toEqual(parsed);
    expect(witness.anomalies).toEqual([]);
  });

  it('02 json: a body of several lines that looks like a frame border stays a body', async () => {
    const body = 'первая строка\n\nContent-Length: 5\n\nпоследняя';
    const { deliver, witness } = bound(await up());

    await deliver(
      Buffer.concat([jsonEvent('BACKGROUND_JOB', { _body: body }), jsonEvent('CHANNEL_CREATE')]),
      2,
    );

    expect(witness.events[0]!.body).toBe(body);
    expect(witness.names).toEqual(['BACKGROUND_JOB', 'CHANNEL_CREATE']);
  });

  it('03 plain: the same 100 events decode to the same headers', async () => {
    const { deliver, witness } = bound(await up());

    await deliver(Buffer.concat(hundredPlain.map((body) => eventFrame('plain', body))), 100);

    expect(witness.events.map((event) => event.toRecord())).toEqual(parsed);
  });

  it('04 plain: an inner body is counted in bytes', async () => {
    const body = 'Привет,\n\nмир';
    const inner = `Event-Name: BACKGROUND_JOB\nContent-Length: ${Buffer.byteLength(body)}\n\n${body}`;
    const { deliver, witness } = bound(await up());

    await deliver(Buffer.concat([eventFrame('plain', inner), jsonEvent('HEARTBEAT')]), 2);

    expect(witness.events[0]!.body).toBe(body);
  });

  it.each([
    [
      '05',
      'json',
      jsonEvent('CUSTOM', { 'Event-Subclass': 'fifo::info', name: 'Ёлкин "Ё"', list: ['1', 'два'] }),
    ],
    ['06', 'plain', eventFrame('plain', 'Event-Name: CUSTOM\nname: %D0%81\nContent-Length: 6\n\n\n\nЁЁ')],
  ] as const)('%s split at every byte, %s', (_case, _format, frame) => {
    const stream = Buffer.concat([frame, frame]);
    const whole = decodeAll([stream]);
    expect(whole).toHaveLength(2);
    for (let cut = 1; cut < stream.length; cut++) {
      expect(decodeAll([stream.subarray(0, cut), stream.subarray(cut)])).toEqual(whole);
    }
  });

  it('07 chunks of one byte', () => {
    const frames = [
      ...hundredJson.slice(0, 2).map((body) => eventFrame('json', body)),
      eventFrame('plain', hundredPlain[2]!),
    ];
    const bytes = Buffer.concat(frames);
    const chunks = Array.from(bytes, (_byte, at) => bytes.subarray(at, at + 1));

    expect(decodeAll(chunks)).toEqual(parsed.slice(0, 3));
  });

  it('08 3000 frames in one write', async () => {
    const frames = Array.from({ length: 3000 }, (_frame, i) =>
      jsonEvent('CHANNEL_ANSWER', { 'Event-Sequence': String(i) }),
    );
    const { deliver, witness } = bound(await up());

    await deliver(Buffer.concat(frames), 3000);

    expect(witness.events.map((event) => event.sequence)).toEqual(frames.map((_frame, i) => i));
  });

  it('09 random chunks of 1 to 1460 bytes', async () => {
    const bytes = Buffer.concat(hundredJson.map((body) => eventFrame('json', body)));
    const { server, witness } = await up();

    for (const chunk of randomChunks(bytes, 1460, seededRandom(9))) server.events.send(chunk);
    await waitFor('100 events', () => witness.events.length === 100);

    expect(witness.events.map((event) => event.toRecord())).toEqual(parsed);
  });

  it('10 log/data between events is passed over', async () => {
    const log = Buffer.from('Content-Type: log/data\nContent-Length: 12\nLog-Level: 7\n\n2026 [DEBUG]');
    const { deliver, witness } = bound(await up());

    await deliver(Buffer.concat([jsonEvent('CHANNEL_CREATE'), log, jsonEvent('CHANNEL_ANSWER')]), 2);

    expect(witness.names).toEqual(['CHANNEL_CREATE', 'CHANNEL_ANSWER']);
    expect(witness.anomalies).toEqual([]);
  });

  it('11 a frame of Content-Length 0, the notice of a lingering socket, ends where its header ends', async () => {
    const notice =
      'Content-Type: text/disconnect-notice\nContent-Disposition: linger\nLinger-Time: 5\nContent-Length: 0\n\n';
    const { deliver, link, witness } = bound(await up());

    await deliver(Buffer.concat([Buffer.from(notice), jsonEvent('CHANNEL_ANSWER')]), 1);

    expect(witness.names).toEqual(['CHANNEL_ANSWER']);
    expect(link.state).toBe('up');
  });

  it('12 plain: a caller whose name is "100%D0" crashes nothing', async () => {
    const event = 'Event-Name: CHANNEL_CREATE\nCaller-Caller-ID-Name: 100%D0%20ok\n\n';
    const { deliver, witness } = bound(await up());

    await deliver(Buffer.concat([eventFrame('plain', event), jsonEvent('CHANNEL_ANSWER')]), 2);

    expect(witness.events[0]!.get('Caller-Caller-ID-Name')).toBe('100\ufffd ok');
  });

  it('13 plain: CP1251 bytes become replacement characters', async () => {
    const event = 'Event-Name: CHANNEL_CREATE\nCaller-Caller-ID-Name: %C8%E2%E0%ED 1\n\n';
    const { deliver, witness } = bound(await up());

    await deliver(eventFrame('plain', event), 1);

    expect(witness.events[0]!.get('Caller-Caller-ID-Name')).toMatch(/^\ufffd+ 1$/);
  });

  it('14 json: CP1251 bytes become replacement characters, as in JSON.parse', async () => {
    const body = Buffer.concat([
      Buffer.from('{"Event-Name":"CHANNEL_CREATE","Caller-Caller-ID-Name":"'),
      Buffer.from([0xc8, 0xe2, 0xe0, 0xed]),
      Buffer.from('","Unique-ID":"u"}'),
    ]);
    const { deliver, witness } = bound(await up());

    await deliver(eventFrame('json', body), 1);

    expect(witness.events[0]!.toRecord()).toEqual(JSON.parse(body.toString('utf8')));
    expect(witness.events[0]!.get('Unique-ID')).toBe('u');
  });

  it('15 a Reply-Text with a bare "%" is taken as it stands', async () => {
    const { server, link } = await up();
    server.script.onCommand = (peer) => {
      peer.reply('-ERR 100% wrong %D0');
    };

    expect(await rejection(link.api('status'))).toMatchObject({ reply: '-ERR 100% wrong %D0' });
    expect(link.state).toBe('up');
  });

  it('16 a malformed xml event neither crashes nor stops the stream', async () => {
    const { deliver, witness } = bound(await up());

    await deliver(Buffer.concat([eventFrame('xml', '<event><headers>'), jsonEvent('CHANNEL_ANSWER')]), 1);

    expect(witness.names).toEqual(['CHANNEL_ANSWER']);
    expect(witness.anomalies).toEqual([{ kind: 'unsupported-format', count: 1, sample: 'text/event-xml' }]);
  });

  it.each([
    ['cut off', '{"Event-Name":"CHANNEL_CREATE","Core-UUID":'],
    ['an open quote', '{"Event-Name":"CHANNEL_CREATE","a":"b" c"}'],
    ['no object', '["Event-Name"]'],
    ['no name', '{"Core-UUID":"x"}'],
    ['empty', ''],
  ])('17 a malformed json event (%s) is reported and its neighbours arrive', async (_fault, broken) => {
    const { deliver, witness } = bound(await up());
    const frames = [jsonEvent('CHANNEL_CREATE'), eventFrame('json', broken), jsonEvent('CHANNEL_ANSWER')];

    await deliver(Buffer.concat(frames), 2);

    expect(witness.names).toEqual(['CHANNEL_CREATE', 'CHANNEL_ANSWER']);
    expect(witness.anomalies).toMatchObject([{ kind: 'malformed-event', count: 1 }]);
  });

  it('18 an event name this release does not know is delivered and counted', async () => {
    const { deliver, witness } = bound(await up());

    await deliver(
      Buffer.concat([jsonEvent('BRAND_NEW'), jsonEvent('CERT_RELOAD'), jsonEvent('BRAND_NEW')]),
      3,
    );

    expect(witness.names).toEqual(['BRAND_NEW', 'CERT_RELOAD', 'BRAND_NEW']);
    expect(witness.anomalies.map(({ kind, count }) => [kind, count])).toEqual([
      ['unknown-event-name', 1],
      ['unknown-event-name', 2],
    ]);
  });

  it('19 an unknown Content-Type is counted and passed over', async () => {
    const { deliver, witness } = bound(await up());
    const frame = Buffer.from('Content-Type: text/brand-new\nContent-Length: 3\n\nabc');

    await deliver(Buffer.concat([frame, jsonEvent('CHANNEL_ANSWER')]), 1);

    expect(witness.anomalies).toEqual([{ kind: 'unknown-content-type', count: 1, sample: 'text/brand-new' }]);
  });
});

describe('connections that end, or never begin', () => {
  it.each([
    ['20 FIN', (linked: Linked) => linked.server.events.socket.end()],
    ['21 RST', (linked: Linked) => linked.server.events.socket.resetAndDestroy()],
  ])('%s in the middle of a frame: the link is down at once and built anew', async (_how, cut) => {
    const linked = await up();
    await linked.deliver(
      Buffer.concat([jsonEvent('CHANNEL_CREATE'), jsonEvent('CHANNEL_ANSWER').subarray(0, 70)]),
      1,
    );

    cut(linked);
    await waitFor('two connections', () => linked.witness.ups.length === 2);

    expect(linked.witness.names).toEqual(['CHANNEL_CREATE']);
    expect(linked.witness.downs).toMatchObject([{ state: 'down', wasUp: true, error: { verdict: 'retry' } }]);
  });

  it.each(['events', 'commands'] as const)(
    '22 api in flight is rejected with an unknown outcome when the %s socket dies',
    async (side) => {
      const { server, link } = await up();
      server.script.onCommand = () => server[side].socket.resetAndDestroy();

      const error = await rejection(link.api('uuid_kill', 'u-1'));

      expect(error).toBeInstanceOf(EslConnectionLostError);
      expect(error).toMatchObject({
        verdict: 'unknown-outcome',
        sent: true,
        message: 'api uuid_kill: the connection was lost, outcome unknown',
      });
    },
  );

  it('23 bgapi in flight is rejected with an unknown outcome, before and after its acknowledgement', async () => {
    const { server, link, witness } = await up();
    const acknowledged = rejection(link.bgapi('originate', 'user/1001 &park()'));
    await waitFor('the acknowledgement', () => server.commands.received.length === 2);
    server.script.onCommand = (peer) => peer.socket.resetAndDestroy();
    const unanswered = rejection(link.bgapi('originate', 'user/1002 &park()'));

    for (const error of await Promise.all([acknowledged, unanswered])) {
      expect(error).toBeInstanceOf(EslConnectionLostError);
      expect(error).toMatchObject({ verdict: 'unknown-outcome' });
    }
    await waitFor('the loss', () => witness.downs.length === 1);
  });

  it('24 a wrong password is reported as such, on one socket, and not tried again within 10 s', async () => {
    const clock = new ManualClock();
    const { server, link, witness } = await idle({ clock, password: 'wrong', refusedRetryMs: 1 });

    link.start();
    await waitFor('the refusal', () => link.state === 'refused');

    expect(link.reason).toBeInstanceOf(EslAuthError);
    expect(link.reason).toMatchObject({
      verdict: 'ask-a-person',
      message: 'the switch refused the password',
    });
    expect(witness.downs).toMatchObject([{ state: 'refused', wasUp: false, retryInMs: 10_000 }]);
    expect(server.received('auth ')).toHaveLength(1);
    clock.advance(9_999);
    expect(link.state).toBe('refused');
    clock.advance(1);
    await waitFor('the second attempt', () => witness.downs.length === 2);
    expect(server.received('auth ')).toHaveLength(2);
    expect(witness.ups).toHaveLength(0);
  });

  it('25 rude-rejection is reported as a refusal by the ACL and retried slowly', async () => {
    const clock = new ManualClock();
    const { server, link, witness } = await idle({ clock });
    server.script.onConnect = (peer) => {
      peer.send(REJECTION);
      peer.socket.end();
    };

    link.start();
    await waitFor('the refusal', () => link.state === 'refused');

    expect(link.reason).toBeInstanceOf(EslRefusedError);
    expect(witness.downs).toMatchObject([{ state: 'refused', retryInMs: 30_000 }]);
    expect(server.peers).toHaveLength(1);
  });

  it('26 a server that accepts and says nothing is given up after the connect time-out', async () => {
    const clock = new ManualClock();
    const { server, link, witness } = await idle({ clock, connectTimeoutMs: 3_000 });
    server.script.onConnect = () => undefined;

    link.start();
    await waitFor('the connection', () => server.peers.length === 1);
    clock.advance(3_000);
    await waitFor('the end of the attempt', () => witness.downs.length === 1);

    expect(witness.downs[0]!.error).toBeInstanceOf(EslTimeoutError);
    expect(witness.downs[0]).toMatchObject({ state: 'down', error: { verdict: 'retry' } });
  });

  it('27 nobody listens: down, tried again until somebody does', async () => {
    const { server, link, witness } = await idle();
    const { port } = server;
    await server.close();
    link.start();
    await waitFor('three attempts', () => witness.downs.length >= 3);
    expect(witness.downs[0]).toMatchObject({
      state: 'down',
      wasUp: false,
      error: { name: 'EslConnectionLostError' },
    });
    expect(witness.downs[0]!.error.message).toContain('ECONNREFUSED');

    const late = await EslTestServer.start(port);
    await waitFor('the link', () => link.state === 'up');

    await link.stop();
    await late.close();
  });

  it('28 an originate in flight when the link dies is not sent again after the reconnect', async () => {
    const { server, link, witness } = await up();
    server.script.onCommand = (peer, command) => {
      if (command.startsWith('bgapi')) peer.socket.resetAndDestroy();
      else answerKindly(peer, command);
    };

    expect(await rejection(link.bgapi('originate', 'user/1001 &park()'))).toMatchObject({
      verdict: 'unknown-outcome',
    });
    await waitFor('the reconnect', () => witness.ups.length === 2 && link.state === 'up');
    await link.api('status');

    expect(server.received('bgapi originate')).toHaveLength(1);
  });

  it('36 reconnect: subscribed again, resynced again, events flow again', async () => {
    const linked = await up();
    const { server, witness, link } = linked;
    await linked.deliver(jsonEvent('CHANNEL_CREATE'), 1);

    server.commands.socket.end();
    await waitFor('the reconnect', () => witness.ups.length === 2 && link.state === 'up');
    await linked.deliver(jsonEvent('CHANNEL_ANSWER'), 2);

    expect(server.peers).toHaveLength(4);
    expect(server.received('event json ')).toHaveLength(2);
    expect(witness.ups.map(({ connection }) => connection)).toEqual([1, 2]);
    expect(witness.names).toEqual(['CHANNEL_CREATE', 'CHANNEL_ANSWER']);
  });
});

describe('commands', () => {
  it('29 replies of either kind go to the commands they answer', async () => {
    const { server, link } = await up();
    server.script.onCommand = (peer, command) => {
      if (command.includes('forbidden')) peer.reply('-ERR permission denied');
      else answerKindly(peer, command);
    };

    const [first, forbidden, third, fourth] = await Promise.all([
      link.api('first'),
      rejection(link.api('forbidden')),
      link.api('third'),
      link.api('fourth', 'x'),
    ]);

    expect([first, third, fourth]).toEqual(['first', 'third', 'fourth x']);
    expect(forbidden).toMatchObject({ name: 'EslCommandError', verdict: 'ask-a-person' });
    expect('execute' in link).toBe(false); // modesl's, which shifts the replies
  });

  it('30 an exception in the handler costs neither the chunk nor the link', async () => {
    const { deliver, link, witness } = bound(await up());
    witness.handle = (event) => {
      if (event.name === 'CHANNEL_ANSWER') throw new Error('bug in the application');
    };
    const names = ['CHANNEL_CREATE', 'CHANNEL_ANSWER', 'CHANNEL_BRIDGE', 'CHANNEL_UNBRIDGE'];

    await deliver(Buffer.concat(names.map((name) => jsonEvent(name))), 4);
    await deliver(jsonEvent('CHANNEL_HANGUP_COMPLETE'), 5);

    expect(witness.names).toEqual([...names, 'CHANNEL_HANGUP_COMPLETE']);
    expect(witness.anomalies).toEqual([
      { kind: 'handler-failed', count: 1, sample: 'Error: bug in the application' },
    ]);
    expect(link.state).toBe('up');
  });

  it.each(['x\n\napi fsctl shutdown', 'x\r', 'x\n', 'x\0'])(
    '31 %j in a command is refused and nothing is sent',
    async (text) => {
      const { server, link } = await up();

      for (const attempt of [
        link.api('echo', text),
        link.api(text),
        link.bgapi('echo', text),
        link.bgapi(text),
        link.bgapi('echo', 'x', { jobUuid: text }),
      ]) {
        expect(await rejection(attempt)).toBeInstanceOf(EslUnsafeCommandError);
      }

      await link.api('status');
      expect(server.commands.received).toEqual(['auth ClueCon', 'api status']);
    },
  );

  it('32 1000 parallel bgapi get each its own result', async () => {
    const { server, link } = await up();
    server.script.onCommand = (peer, command) => {
      answerKindly(peer, command);
      const [, argument, jobUuid] = /^bgapi echo (\d+)\nJob-UUID: (.+)$/.exec(command) ?? [];
      server.events.send(jsonEvent('BACKGROUND_JOB', { 'Job-UUID': jobUuid, _body: `+OK ${argument}` }));
    };
    const numbers = Array.from({ length: 1000 }, (_number, i) => String(i));

    const results = await Promise.all(numbers.map((number) => link.bgapi('echo', number)));

    expect(results.map(({ result }) => result)).toEqual(numbers.map((number) => `+OK ${number}`));
    expect(new Set(results.map(({ jobUuid }) => jobUuid)).size).toBe(1000);
  });

  it('33 20 000 foreign BACKGROUND_JOBs do not disturb our own', async () => {
    const { server, link, witness } = await up();
    const jobUuid = randomUUID();
    const own = link.bgapi('status', undefined, { jobUuid });
    const foreign = Buffer.concat(
      Array.from({ length: 20_000 }, (_job, i) =>
        jsonEvent('BACKGROUND_JOB', { 'Job-UUID': `foreign-${i}`, _body: 'x'.repeat(400) }),
      ),
    );

    server.events.send(foreign);
    server.events.send(jsonEvent('BACKGROUND_JOB', { 'Job-UUID': jobUuid, _body: 'UP 0 years\n' }));

    expect(await own).toEqual({ jobUuid, result: 'UP 0 years\n' });
    expect(witness.events).toHaveLength(20_001);
  });
});

describe('frames that would break the reader', () => {
  it.each([
    ['34 100 MB Content-Length', 'Content-Length: 104857600'],
    ['35 garbage Content-Length', 'Content-Length: 5 apples'],
    ['35 negative Content-Length', 'Content-Length: -5'],
    ['35 two different Content-Lengths', 'Content-Length: 5\nContent-Length: 6'],
  ])(
    '%s: the events before it arrive, the link is dropped at once and built anew',
    async (_fault, header) => {
      const { server, link, witness } = await up();

      server.events.send(
        Buffer.concat([
          jsonEvent('CHANNEL_CREATE'),
          Buffer.from(`${header}\nContent-Type: text/event-json\n\n`),
        ]),
      );
      await waitFor('the reconnect', () => witness.ups.length === 2 && link.state === 'up');

      expect(witness.names).toEqual(['CHANNEL_CREATE']);
      expect(witness.downs[0]!.error).toBeInstanceOf(FramingError);
    },
  );

  it('34 a body of 15 MB is still read, in linear time', async () => {
    const body = 'Ё'.repeat(7.5 * 1024 * 1024);
    const { server, link } = await up();
    server.script.onCommand = (peer) => {
      peer.apiReply(body);
    };

    expect((await link.api('show', 'channels as json')) === body).toBe(true);
  });
});
