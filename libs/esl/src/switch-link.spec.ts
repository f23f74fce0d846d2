import { EslCommandError, EslConnectionLostError, EslTimeoutError, EslUnsafeCommandError } from './errors';
import { EslConnection } from './esl-connection';
import { MAX_HELD_EVENTS } from './event-gate';
import type { SwitchUp } from './link-listener';
import { answerKindly } from './testing/esl-test-server';
import type { TestPeer } from './testing/esl-test-server';
import { jsonEvent } from './testing/frames';
import { Linked } from './testing/linked';
import { ManualClock } from './testing/manual-clock';
import { waitFor } from './testing/wait-for';

const open: Linked[] = [];

async function idle(...args: Parameters<typeof Linked.idle>): Promise<Linked> {
  const linked = await Linked.idle(...args);
  open.push(linked);
  return linked;
}

async function up(...args: Parameters<typeof Linked.idle>): Promise<Linked> {
  const linked = await idle(...args);
  await linked.startAndWaitUp();
  return linked;
}

afterEach(async () => {
  jest.restoreAllMocks();
  for (const linked of open.splice(0)) await linked.close();
});

/** Holds the resync hook until it is let go. */
function heldHook(linked: Linked): { begun: () => boolean; finish: () => void } {
  let finish!: () => void;
  const held = new Promise<void>((resolve) => {
    finish = resolve;
  });
  linked.witness.resync = () => held;
  return { begun: () => linked.witness.ups.length > 0, finish };
}

describe('coming up', () => {
  it('logs in twice, one after the other, and subscribes on the first socket only', async () => {
    const { server, link } = await up();

    expect(server.peers.map((peer) => peer.received.map((command) => command.split(' ')[0]))).toEqual([
      ['auth', 'event'],
      ['auth'],
    ]);
    expect(server.received('event ')[0]).toMatch(/^event json CHANNEL_CREATE .* CUSTOM callcenter::info /);
    expect([link.state, link.reason]).toEqual(['up', undefined]);
  });

  it('logs in by userauth when there is a user', async () => {
    const { server } = await up({ user: 'crm@pbx.local' });

    expect(server.received('userauth')).toEqual([
      'userauth crm@pbx.local:ClueCon',
      'userauth crm@pbx.local:ClueCon',
    ]);
  });

  it('a password with a line end in it is refused unsent, and not tried at full speed', async () => {
    const { server, link, witness } = await idle({
      clock: new ManualClock(),
      password: 'x\n\napi fsctl shutdown',
    });
    link.start();
    await waitFor('the refusal', () => link.state === 'refused');

    expect(witness.downs[0]!.error).toBeInstanceOf(EslUnsafeCommandError);
    expect(server.peers).toHaveLength(0);
  });

  it('a subscription the user may not have is a refusal', async () => {
    const { server, link } = await idle({ clock: new ManualClock() });
    server.script.onCommand = (peer) => {
      peer.reply('-ERR permission denied');
    };
    link.start();
    await waitFor('the refusal', () => link.state === 'refused');

    expect(link.reason).toMatchObject({
      name: 'EslCommandError',
      command: 'event json',
      verdict: 'ask-a-person',
    });
  });

  it('a userauth reply that the switch has cut off is named', async () => {
    const clock = new ManualClock();
    const { server, link } = await idle({ clock, user: 'crm@pbx.local' });
    server.script.onConnect = (peer) => {
      peer.send(
        'Content-Type: auth/request\n\nContent-Type: command/reply\nReply-Text: +OK accepted\nAllowed-Events: CHAN',
      );
    };
    link.start();
    await waitFor('the log-in', () => server.received('userauth').length === 1);
    clock.advance(3_000);
    await waitFor('the refusal', () => link.state === 'refused');

    expect(link.reason?.message).toContain('the log-in reply was cut');
  });

  it('waits longer after each failure, and starts anew after a link that held', async () => {
    const clock = new ManualClock();
    const linked = await idle({ clock, backoff: { minMs: 500, maxMs: 4_000, factor: 2, jitter: 0 } });
    const { server, link, witness } = linked;
    server.script.onConnect = (peer) => peer.socket.end();
    link.start();
    for (let failures = 1; failures <= 5; failures++) {
      await waitFor(`failure ${failures}`, () => witness.downs.length === failures);
      clock.advance(witness.downs.at(-1)!.retryInMs);
    }
    expect(witness.downs.slice(0, 5).map(({ retryInMs }) => retryInMs)).toEqual([
      500, 1000, 2000, 4000, 4000,
    ]);

    server.script.onConnect = (peer) => {
      peer.send('Content-Type: auth/request\n\n');
    };
    await waitFor('failure 6, or the link', () => witness.downs.length === 6 || link.state === 'up');
    clock.advance(4_000);
    await waitFor('the link', () => link.state === 'up');
    clock.advance(4_000);
    server.events.socket.end();
    await waitFor('the loss', () => witness.downs.at(-1)!.wasUp);

    expect(witness.downs.at(-1)!.retryInMs).toBe(500);
  });

  it('a link that comes up only to die does not come back at full speed', async () => {
    const clock = new ManualClock();
    const { server, link, witness } = await up({
      clock,
      backoff: { minMs: 500, maxMs: 4_000, factor: 2, jitter: 0 },
    });
    server.events.socket.end();
    await waitFor('the first loss', () => witness.downs.length === 1);
    clock.advance(500);
    await waitFor('the link again', () => link.state === 'up');
    server.events.socket.end();
    await waitFor('the second loss', () => witness.downs.length === 2);

    expect(witness.downs.map(({ retryInMs, wasUp }) => [retryInMs, wasUp])).toEqual([
      [500, true],
      [1000, true],
    ]);
  });
});

describe('the resync hook', () => {
  it('runs before any event: those that come meanwhile are delivered after it, in order', async () => {
    const linked = await idle();
    const hook = heldHook(linked);
    linked.link.start();
    await waitFor('the hook', hook.begun);
    linked.server.events.send(Buffer.concat([jsonEvent('CHANNEL_CREATE'), jsonEvent('CHANNEL_ANSWER')]));
    await linked.link.api('status'); // the events have had their time

    expect([linked.link.state, linked.witness.events.length]).toEqual(['connecting', 0]);
    hook.finish();
    await waitFor('the link', () => linked.link.state === 'up');
    await linked.deliver(jsonEvent('CHANNEL_BRIDGE'), 3);

    expect(linked.witness.names).toEqual(['CHANNEL_CREATE', 'CHANNEL_ANSWER', 'CHANNEL_BRIDGE']);
  });

  it('can give commands, background jobs too', async () => {
    const linked = await idle();
    const { server, witness } = linked;
    server.script.onCommand = (peer, command) => {
      answerKindly(peer, command);
      const jobUuid = /Job-UUID: (.+)/.exec(command)?.[1];
      if (jobUuid)
        server.events.send(jsonEvent('BACKGROUND_JOB', { 'Job-UUID': jobUuid, _body: '+OK done' }));
    };
    const answers: unknown[] = [];
    witness.resync = async (ctx: SwitchUp) => {
      answers.push(
        await ctx.api('show', 'channels as json'),
        await ctx.bgapi('status', undefined, { jobUuid: 'j-1' }),
      );
    };

    await linked.startAndWaitUp();

    expect(answers).toEqual(['show channels as json', { jobUuid: 'j-1', result: '+OK done' }]);
    expect(witness.ups[0]).toMatchObject({ switchId: 'test', connection: 1 });
  });

  it('that fails takes the link down, with the events that came, and is called again', async () => {
    const linked = await idle();
    const { server, witness, link } = linked;
    witness.resync = async (ctx) => {
      if (ctx.connection > 1) return;
      server.events.send(jsonEvent('CHANNEL_HANGUP_COMPLETE'));
      await ctx.api('status');
      throw new Error('no database');
    };
    link.start();
    await waitFor('the link', () => link.state === 'up');

    expect(witness.ups).toHaveLength(2);
    expect(witness.names).toEqual(['CHANNEL_HANGUP_COMPLETE']);
    expect(witness.downs).toMatchObject([
      { state: 'down', wasUp: false, error: { cause: { message: 'no database' } } },
    ]);
  });

  it('that throws at once is caught as well', async () => {
    const linked = await idle();
    linked.witness.resync = (ctx) => {
      if (ctx.connection === 1) throw new Error('bug');
      return Promise.resolve();
    };

    await linked.startAndWaitUp();

    expect(linked.witness.downs).toHaveLength(1);
  });

  it('that outlives its connection is told so, and the link does not wait for it', async () => {
    const linked = await idle();
    const { server, witness, link } = linked;
    const hook = heldHook(linked);
    link.start();
    await waitFor('the hook', hook.begun);
    witness.resync = () => Promise.resolve();

    server.commands.socket.end();
    await waitFor('the link', () => link.state === 'up');

    expect(witness.ups.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    hook.finish();
  });

  it('a flood during a long hook stops the reading, loses nothing, and is not taken for a dead switch', async () => {
    const clock = new ManualClock();
    const linked = await idle({ clock });
    const { server, witness, link } = linked;
    const hook = heldHook(linked);
    link.start();
    await waitFor('the hook', hook.begun);
    const sent = MAX_HELD_EVENTS + 20_000;
    const flood = Array.from({ length: sent }, (_event, i) =>
      jsonEvent('CHANNEL_ANSWER', { 'Event-Sequence': String(i), pad: 'x'.repeat(500) }),
    );
    const pause = jest.spyOn(EslConnection.prototype, 'pause');
    server.events.send(Buffer.concat(flood));
    await waitFor('the reader to stop', () => pause.mock.calls.length > 0);

    clock.advance(100_000); // two heartbeats' time-outs
    expect(link.state).toBe('connecting');
    hook.finish();
    await waitFor('every event', () => witness.events.length === sent);

    expect(witness.events.every((event, i) => event.sequence === i)).toBe(true);
  });
});

describe('signs of life', () => {
  it('no HEARTBEAT for 45 s: dead, whatever else arrives', async () => {
    const clock = new ManualClock();
    const linked = await up({ clock });
    const { witness, link } = linked;

    clock.advance(44_000);
    await linked.deliver(jsonEvent('HEARTBEAT'), 1);
    clock.advance(44_000);
    await linked.deliver(jsonEvent('CHANNEL_ANSWER'), 2);
    expect(link.state).toBe('up');
    clock.advance(1_000);
    await waitFor('the loss', () => witness.downs.length === 1);

    expect(witness.downs[0]).toMatchObject({
      state: 'down',
      wasUp: true,
      error: { name: 'EslTimeoutError', verdict: 'retry' },
    });
    expect(witness.downs[0]!.error.message).toBe('HEARTBEAT: no answer within 45000 ms');
  });

  it.each(['events', 'commands'] as const)(
    'when the %s socket dies the other one is closed too',
    async (side) => {
      const { server, witness } = await up();
      const closed: TestPeer[] = [];
      for (const peer of server.peers) peer.socket.on('close', () => closed.push(peer));
      const first = [...server.peers];

      server[side].socket.end();
      await waitFor('both to close', () => closed.length === 2);

      expect(new Set(closed)).toEqual(new Set(first));
      await waitFor('the reconnect', () => witness.ups.length === 2);
    },
  );

  it('a command socket that never answers is dead, though the events go on', async () => {
    const clock = new ManualClock();
    const linked = await up({ clock });
    const { server, witness, link } = linked;
    server.script.onCommand = () => undefined;
    const lost = link.api('status').catch((error: unknown) => error);
    await waitFor('the command', () => server.received('api status').length === 1);

    clock.advance(5_000);
    expect(await lost).toMatchObject({
      name: 'EslTimeoutError',
      verdict: 'unknown-outcome',
      message: 'api status: no answer within 5000 ms',
    });
    clock.advance(39_000);
    await linked.deliver(jsonEvent('HEARTBEAT'), 1);
    clock.advance(6_000);
    await waitFor('the loss', () => witness.downs.length === 1);

    expect(witness.downs[0]!.error.message).toBe('api status: no answer within 50000 ms');
  });

  it('the last words of the switch are kept', async () => {
    const { server, witness } = await up();
    const words = 'The system is being shut down.\n';
    server.events.send(`Content-Type: text/disconnect-notice\nContent-Length: ${words.length}\n\n${words}`);
    server.events.socket.end();
    await waitFor('the loss', () => witness.downs.length === 1);

    expect(witness.downs[0]!.error.message).toBe(
      'the switch closed the connection: The system is being shut down.',
    );
  });
});

describe('commands', () => {
  it.each(['-ERR No such channel!\n', '-USAGE: <uuid> [cause]\n'])(
    'an answer %j is an EslCommandError',
    async (answer) => {
      const { server, link } = await up();
      server.script.onCommand = (peer) => {
        peer.apiReply(answer);
      };

      const error: unknown = await link.api('uuid_kill', '79161234567').catch((reason: unknown) => reason);

      expect(error).toBeInstanceOf(EslCommandError);
      expect(error).toMatchObject({ reply: answer.trimEnd(), command: 'api uuid_kill', verdict: 'give-up' });
      expect(String(error)).not.toContain('79161234567');
    },
  );

  it('a background job that fails is an EslCommandError with its result', async () => {
    const { server, link } = await up();
    server.script.onCommand = (peer, command) => {
      answerKindly(peer, command);
      server.events.send(
        jsonEvent('BACKGROUND_JOB', { 'Job-UUID': 'j-1', _body: '-ERR USER_NOT_REGISTERED\n' }),
      );
    };

    await expect(link.bgapi('originate', 'user/1009 &park()', { jobUuid: 'j-1' })).rejects.toMatchObject({
      name: 'EslCommandError',
      reply: '-ERR USER_NOT_REGISTERED',
    });
    expect(server.received('bgapi')).toEqual(['bgapi originate user/1009 &park()\nJob-UUID: j-1']);
  });

  it('a background job the switch does not accept is an EslCommandError at once', async () => {
    const { server, link } = await up();
    server.script.onCommand = (peer) => {
      peer.reply('-ERR permission denied');
    };

    await expect(link.bgapi('originate', 'x')).rejects.toMatchObject({
      name: 'EslCommandError',
      verdict: 'ask-a-person',
    });
  });

  it('a result that overtakes the acknowledgement on the other socket is the result', async () => {
    const { server, link } = await up();
    server.script.onCommand = () => {
      server.events.send(jsonEvent('BACKGROUND_JOB', { 'Job-UUID': 'j-1', _body: '+OK' }));
    };

    expect(await link.bgapi('status', undefined, { jobUuid: 'j-1' })).toEqual({
      jobUuid: 'j-1',
      result: '+OK',
    });
  });

  it('an acknowledgement that comes too late does not fail the job', async () => {
    const clock = new ManualClock();
    const { server, link, witness } = await up({ clock });
    server.script.onCommand = () => undefined;
    const job = link.bgapi('status', undefined, { jobUuid: 'j-1' });
    await waitFor('the command', () => server.received('bgapi').length === 1);

    clock.advance(5_000);
    server.commands.reply('+OK Job-UUID: j-1');
    await waitFor('the late reply', () => witness.anomalies.length === 1);
    server.events.send(jsonEvent('BACKGROUND_JOB', { 'Job-UUID': 'j-1', _body: '+OK' }));

    expect(await job).toEqual({ jobUuid: 'j-1', result: '+OK' });
    expect(witness.anomalies).toMatchObject([{ kind: 'late-reply', count: 1 }]);
  });

  it('a background job has its own time-out', async () => {
    const clock = new ManualClock();
    const { server, link } = await up({ clock });
    const job = link.bgapi('originate', 'x', { timeoutMs: 30_000 }).catch((error: unknown) => error);
    await waitFor('the command', () => server.received('bgapi').length === 1);
    await link.api('status');

    clock.advance(30_000);

    expect(await job).toMatchObject({
      name: 'EslTimeoutError',
      timeoutMs: 30_000,
      verdict: 'unknown-outcome',
    });
  });

  it('a reply nobody asked for is an anomaly, not a crash', async () => {
    const { server, link, witness } = await up();
    server.commands.reply('+OK out of the blue');
    await waitFor('the anomaly', () => witness.anomalies.length === 1);

    expect(witness.anomalies[0]).toMatchObject({ kind: 'unexpected-reply', sample: '+OK out of the blue' });
    expect(await link.api('status')).toBe('status');
  });

  it.each(['api', 'bgapi'] as const)(
    '%s while the link is not connected is refused at once, unsent, and may be given again',
    async (verb) => {
      const { link } = await idle();

      const error: unknown = await link[verb]('status').catch((reason: unknown) => reason);

      expect(error).toBeInstanceOf(EslConnectionLostError);
      expect(error).toMatchObject({ sent: false, verdict: 'retry' });
    },
  );
});

describe('start and stop', () => {
  it('stop leaves no socket, no timer and no retry behind, and is not reported as a loss', async () => {
    const clock = new ManualClock();
    const { server, link, witness } = await up({ clock });
    const closed: TestPeer[] = [];
    for (const peer of server.peers) peer.socket.on('close', () => closed.push(peer));
    const pending = link.bgapi('originate', 'x').catch((error: unknown) => error);

    await link.stop();

    expect(await pending).toMatchObject({ name: 'EslConnectionLostError', verdict: 'unknown-outcome' });
    expect([link.state, link.reason, witness.downs, clock.pending]).toEqual(['stopped', undefined, [], []]);
    await waitFor('both sockets to close', () => closed.length === 2);
  });

  it('stop ends an attempt under way, a hook that hangs, and a wait', async () => {
    const silent = await idle();
    silent.server.script.onConnect = () => undefined;
    silent.link.start();
    await waitFor('the connection', () => silent.server.peers.length === 1);
    await silent.link.stop();

    const hanging = await idle();
    const hook = heldHook(hanging);
    hanging.link.start();
    await waitFor('the hook', hook.begun);
    await hanging.link.stop();
    hook.finish();

    const clock = new ManualClock();
    const waiting = await idle({ clock, password: 'wrong' });
    waiting.link.start();
    await waitFor('the refusal', () => waiting.link.state === 'refused');
    await waiting.link.stop();

    expect([silent, hanging, waiting].map(({ link }) => link.state)).toEqual([
      'stopped',
      'stopped',
      'stopped',
    ]);
    expect(clock.pending).toEqual([]);
  });

  it('starting twice connects once; a stopped link can be started again', async () => {
    const linked = await up();
    linked.link.start();
    await linked.link.api('status');
    expect(linked.server.peers).toHaveLength(2);

    await linked.link.stop();
    await linked.link.stop();
    await linked.startAndWaitUp();

    expect(linked.server.peers).toHaveLength(4);
    expect(linked.witness.ups.map(({ connection }) => connection)).toEqual([1, 2]);
  });

  it('a listener that throws in onDown does not stop the reconnect', async () => {
    const { server, witness, link } = await up();
    witness.onDown = () => {
      throw new Error('bug');
    };

    server.events.socket.end();
    await waitFor('the reconnect', () => witness.ups.length === 2 && link.state === 'up');

    expect(witness.anomalies).toMatchObject([{ kind: 'handler-failed' }]);
  });
});

it('neither the password nor the arguments of a command are logged', async () => {
  const lines: string[] = [];
  const note = (details: object, message: string): void =>
    void lines.push(`${JSON.stringify(details)} ${message}`);
  const log = { debug: note, info: note, warn: note, error: note };
  const linked = await up({ log, password: 'ClueCon' });
  await linked.link.api('originate', 'user/79161234567');
  linked.server.script.password = 'changed';
  linked.server.events.socket.end();
  await waitFor('the refusal', () => linked.link.state === 'refused');

  expect(lines.length).toBeGreaterThanOrEqual(2);
  expect(lines.join('\n')).not.toMatch(/ClueCon|79161234567/);
  expect(linked.link.reason).not.toBeInstanceOf(EslTimeoutError);
});
