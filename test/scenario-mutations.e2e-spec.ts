import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FakePortal } from '@app/testkit';
import type { ScenarioRecord } from '../apps/harness/src/report/run-record';
import { readCast, readScenario } from '../apps/harness/src/scenario/language/read-scenario';
import { runScenario } from '../apps/harness/src/scenario/run/run-scenario';
import type { Scene } from '../apps/harness/src/scenario/run/scene';
import { embeddedTarget } from '../apps/harness/src/world/embedded-target';
import { World } from '../apps/harness/src/world/world';

/**
 * The harness itself under test: a scenario that is good is spoilt in one thing, and has to fail for exactly this reason. So
 * we know that a green run says something.
 */
const FOLDER = join(__dirname, 'scenarios');
const CAST = readCast('cast.yaml', readFileSync(join(FOLDER, 'cast.yaml'), 'utf8'));
/** With a shorter talk, because it is played for every spoilt thing. */
const GOOD = readFileSync(join(FOLDER, 'inbound', 'answered.yaml'), 'utf8')
  .replace('hangs up after 2s', 'hangs up')
  .replace('talk: 3s', 'talk: 1s')
  .replace('talk: 3s', 'talk: 1s')
  .replace('recording: 3s', 'recording: 1s');
const MINUTE = 60_000;

jest.setTimeout(2 * MINUTE);

let world: World | undefined;
async function aWorld(): Promise<World> {
  world ??= await World.build({
    settings: { switch: {}, connector: {} },
    openSwitch: (wanted, signal) => embeddedTarget({ ...wanted, signal }),
  });
  return world;
}
/** Calls may have been left open: the next scenario would meet them. */
async function leaveWorld(): Promise<void> {
  await world?.close();
  world = undefined;
}
afterAll(leaveWorld);

interface Spoilt {
  readonly source?: string;
  /** Done before the steps are judged. */
  readonly spoil?: (scene: Scene) => void;
}

/** Plays the scenario; the world is used again when all steps were good: what is spoilt then is spoilt on paper only. */
async function play({ source = GOOD, spoil }: Spoilt = {}): Promise<ScenarioRecord> {
  const scenario = readScenario('spoilt.yaml', source, CAST);
  const record = await runScenario(scenario, await aWorld(), {
    head: { id: 'spoilt', file: 'spoilt.yaml', title: scenario.title, tags: [], source },
    watcher: { began: () => undefined, ended: () => undefined },
    beforeChecks: spoil,
  });
  if (record.steps.some((step) => step.outcome === 'not-reached')) await leaveWorld();
  return record;
}

/** What failed, "step: what came". */
function failures({ outcome, steps }: ScenarioRecord): string[] {
  const failed = steps
    .filter((step) => step.outcome === 'failed')
    .map(({ text, came }) => `${text}: ${came ?? ''}`);
  return outcome.kind === 'broken' ? [`broken: ${outcome.error}`] : failed;
}

const replaced = (what: string, by: string): string => {
  expect(GOOD).toContain(what);
  return GOOD.replace(what, by);
};
const idOf = (portal: FakePortal): string => portal.state.calls.all[0]?.id ?? '';

it('is good when nothing is spoilt', async () => {
  const record = await play();
  expect(failures(record)).toEqual([]);
  expect(record.outcome).toEqual({ kind: 'passed' });
  expect(record.messages.some(({ startLine }) => startLine.startsWith('INVITE'))).toBe(true);
  expect(record.legs.map(({ actor }) => actor).sort()).toEqual(['anna', 'ivan']);
  expect(record.audio.length).toBeGreaterThan(0);
});

describe('what the product could do wrong', () => {
  it('a card on the screen of somebody whom the call does not concern', async () => {
    const record = await play({
      spoil: ({ portal: { fake }, beginning }) => {
        fake.screens.show(12, idOf(fake), beginning.at + 1_000, 'show');
        fake.screens.hide([12], idOf(fake), beginning.at + 2_000, 'hide');
      },
    });
    expect(failures(record)).toEqual([
      'boris never saw a card: it were 1',
      expect.stringContaining(
        'always: cards are true: boris saw the card of 79161234567: his phone was in no call',
      ),
    ]);
    expect(record.cards.filter(({ isTrue }) => !isTrue).map(({ actor }) => actor)).toEqual(['boris']);
  });

  it('a card that stays for long after the call', async () => {
    const record = await play({
      spoil: ({ portal: { fake } }) => {
        const card = fake.screens.of(11)[0];
        if (card?.hiddenAt !== undefined) card.hiddenAt += 60_000;
      },
    });
    expect(failures(record)).toEqual([
      expect.stringMatching(/^always: cards are true: anna .* it stayed \d+\.\d s longer/),
    ]);
  });

  it('a card that is never taken away', async () => {
    const record = await play({
      spoil: ({ portal: { fake } }) => {
        delete fake.screens.of(11)[0]?.hiddenAt;
      },
    });
    expect(failures(record)).toEqual(['always: no card left: anna still sees the card of 79161234567']);
  });

  it('a call that is not finished', async () => {
    const record = await play({
      spoil: ({ portal: { fake } }) => {
        delete fake.state.calls.all[0]?.finishedAt;
        fake.state.statistics.clear();
      },
    });
    expect(failures(record)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('always: portal is content: never-finished'),
        'always: filed once: the inbound call with 79161234567 is filed not at all',
      ]),
    );
  });

  it('a call that is filed twice', async () => {
    const record = await play({
      spoil: ({ portal: { fake } }) => {
        const { statistics } = fake.state;
        for (const row of [...statistics.values()]) statistics.set('again', { ...row });
      },
    });
    expect(failures(record)).toEqual([
      'always: filed once: the inbound call with 79161234567 is filed 2 times',
    ]);
  });

  it('another duration than the talk had', async () => {
    const record = await play({
      spoil: ({ portal: { fake } }) => {
        for (const row of fake.state.statistics.values()) row.CALL_DURATION = '42';
      },
    });
    expect(failures(record)).toEqual([
      expect.stringMatching(/^the filed call of ivan: a talk of 1 s: it is 42 s/),
      expect.stringMatching(
        /^always: true times: the talk of the inbound call with 79161234567 is filed as 42 s/,
      ),
    ]);
  });

  it('a recording that nobody can play', async () => {
    const record = await play({
      spoil: ({ portal: { fake } }) => {
        for (const [id, recording] of fake.state.recordings)
          fake.state.recordings.set(id, { ...recording, bytes: recording.bytes.slice(0, 20) });
      },
    });
    expect(failures(record)).toEqual(['the filed call of ivan: a recording of 1 s: it has one of unknown s']);
  });

  it('an error in a log', async () => {
    const record = await play({
      spoil: ({ world: { logs } }) => {
        const [log] = logs;
        jest
          .spyOn(log!.constructor.prototype as { errorsSince(): string[] }, 'errorsSince')
          .mockReturnValueOnce(['gateway: the database is gone']);
      },
    });
    expect(failures(record)).toEqual(['always: no errors logged: gateway: the database is gone']);
  });
});

describe('what a scenario can say that is not so', () => {
  it('the wrong person answers for it', async () => {
    const record = await play({ source: replaced('      person: anna', '      person: boris') });
    expect(failures(record)).toEqual(['the filed call of ivan: person boris: it is anna']);
  });

  it('another cause', async () => {
    const source = replaced('anna: { ended with: NORMAL_CLEARING }', 'anna: { ended with: USER_BUSY }');
    expect(failures(await play({ source }))).toEqual([
      "anna's legs ended with USER_BUSY: they ended with NORMAL_CLEARING",
    ]);
  });

  it('another code', async () => {
    const source = replaced('ivan: { got: [180, 200]', 'ivan: { got: [183, 200]');
    expect(failures(await play({ source }))).toEqual(['ivan got 183 and 200: he got 100, 180 and 200']);
  });

  it('a phone rings that does not, and the rest is not reached', async () => {
    const record = await play({ source: replaced('- anna: rings', '- boris: rings within 1s') });
    expect(failures(record)).toEqual(["boris rings within 1s: boris's phone has had no call"]);
    expect(record.steps.at(-1)?.outcome).toBe('not-reached');
  });

  it('a card is on a screen that has none, and it tells who has it', async () => {
    const record = await play({
      source: replaced('- anna: sees the card of ivan', '- boris: sees the card of ivan within 1s'),
    });
    expect(failures(record)).toEqual([
      'boris sees the card of ivan within 1s: boris sees no card; anna has that of ivan',
    ]);
  });
});

it('one-way sound: one hears, the other does not, and it tells who', async () => {
  const source = replaced('- anna: answers\n', '- anna: answers\n  - anna: mutes\n').replace(
    'hear each other for 1s',
    'hear each other for 1s within 5s',
  );
  expect(failures(await play({ source }))).toEqual([
    'anna and ivan hear each other within 5s for 1s: ivan talks with 74951234567, hearing nothing',
  ]);
});
