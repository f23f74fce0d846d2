import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listCaptures } from '@app/testkit';
import { builtApp } from '../apps/harness/src/processes/built-app';
import { HOW_TO_GET_ONE } from '../apps/harness/src/real-switch/no-switch-error';
import { hasSwitch } from '../apps/harness/src/real-switch/open-switch';
import type { RunRecord } from '../apps/harness/src/report/run-record';
import { readScenarios } from '../apps/harness/src/scenario/suite/read-folder';

const FOLDER = join(__dirname, 'scenarios');
/** All of them take three to five minutes on two cores; on a busy machine more. */
const ALL_MS = 15 * 60_000;
const ONE_MS = 2 * 60_000;

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'connector-scenarios-'))));
afterEach(() => rmSync(folder, { recursive: true }));

async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const harness = spawn(process.execPath, [builtApp('harness/src/main.js'), 'scenarios', ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const output of [harness.stdout, harness.stderr])
    output.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await once(harness, 'close');
  return { code: harness.exitCode, said };
}

async function passAll(target: string): Promise<void> {
  const record = join(folder, 'record.json');
  // The test of the demo plays its day.
  const folders = readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'demo')
    .map(({ name }) => join(FOLDER, name));
  const { code, said } = await run([
    ...folders,
    ...['--target', target, '--parallel', '3', '--record', record],
  ]);
  expect(code === 0 ? '' : withoutPassed(said)).toBe('');
  const { scenarios } = JSON.parse(readFileSync(record, 'utf8')) as RunRecord;
  expect(scenarios.filter(({ outcome }) => outcome.kind === 'passed').length).toBeGreaterThan(90);
}

/** What is to be read: hundred good lines before the bad one would hide it. */
function withoutPassed(said: string): string {
  return said
    .split('\n')
    .filter((line) => !/^ok {2}/.test(line))
    .join('\n');
}

it('all scenarios are good on the embedded switch', () => passAll('embedded'), ALL_MS);

const onReal = hasSwitch(process.env) ? it : it.skip;
if (!hasSwitch(process.env))
  process.stderr.write(
    `No FreeSWITCH: the scenarios run on the embedded switch alone. To test a real one, ${HOW_TO_GET_ONE}.\n`,
  );
onReal('all scenarios are good on a real FreeSWITCH', () => passAll('freeswitch'), ALL_MS);

/** Situations of the captures that no scenario plays, and why. */
const NOT_PLAYED: Readonly<Record<string, string>> = {
  'fifty-concurrent-calls': 'a matter of load, not of phones',
  'switch-graceful-shutdown-midcall': 'the harness does not shut a switch down in order',
};

it('every captured situation is played, or there is a reason why not', () => {
  const played = new Set(readScenarios([FOLDER], FOLDER).flatMap(({ scenario }) => scenario?.captured ?? []));
  const missing = listCaptures().filter((capture) => !played.has(capture));
  expect(missing.toSorted()).toEqual(Object.keys(NOT_PLAYED).sort());
  expect([...played].filter((name) => !listCaptures().includes(name))).toEqual([]);
});

describe("a team's own folder", () => {
  const CAST =
    'people: { eve: { extension: 1004, user: 4 } }\nclients: { max: { number: 491711234567 } }\nlines: { hotline: 74951234567 }\n';

  it(
    'is played with its own cast; what fails is told with the ladder, and to machines',
    async () => {
      writeFileSync(join(folder, 'cast.yaml'), CAST);
      writeFileSync(
        join(folder, 'wrong.yaml'),
        'scenario: Eve is called and is not there\nsteps:\n  - max: calls hotline\n  - max: is refused with 486 within 2s\n',
      );
      const { code, said } = await run([
        '.',
        '--html',
        'out/page.html',
        '--junit',
        'out/junit.xml',
        '--json=out/lines.json',
      ]);
      expect(said).toContain('expected: max is refused with 486 within 2 s');
      expect(said).toContain("came:     max's last call was refused by them with 480");
      expect(said).toMatch(/INVITE 74951234567/);
      expect(code).toBe(1);
      expect(readFileSync(join(folder, 'out/junit.xml'), 'utf8')).toContain('<failure');
      expect(readFileSync(join(folder, 'out/page.html'), 'utf8')).toContain('Eve is called and is not there');
      const events = readFileSync(join(folder, 'out/lines.json'), 'utf8').trim().split('\n');
      expect(events.map((line) => (JSON.parse(line) as { event: string }).event)).toEqual(
        expect.arrayContaining(['run-started', 'step-ended', 'scenario-ended', 'run-ended']),
      );
    },
    ONE_MS,
  );

  it(
    'tells a mistake with its place and what was probably meant, and plays the others',
    async () => {
      writeFileSync(join(folder, 'cast.yaml'), CAST);
      writeFileSync(
        join(folder, 'typo.yaml'),
        'scenario: Typing\nsteps:\n  - max: cals hotline\n  - evee: rings\nthen:\n  call: { outcom: answered }\n',
      );
      writeFileSync(
        join(folder, 'good.yaml'),
        'scenario: Nobody there\nsteps:\n  - max: calls hotline\n  - max: is refused with 480\nthen:\n  portal: { filed: { status: 304 } }\n',
      );
      const { code, said } = await run(['.']);
      expect(said).toContain(
        'typo.yaml:3:5: "cals hotline" is nothing that max can do: did you mean "calls"?',
      );
      expect(said).toContain('typo.yaml:4:5: nobody is called "evee": did you mean "eve"?');
      expect(said).toContain('typo.yaml:6:11: "outcom" is unknown here: did you mean "outcome"?');
      expect(said).toContain('1 broken, 1 passed');
      expect(code).toBe(3);
    },
    ONE_MS,
  );
});

it(
  'without a FreeSWITCH its scenarios are skipped, which is no success',
  async () => {
    const { code, said } = await run([join(FOLDER, 'inbound'), '--target', 'freeswitch'], {
      PATH: '',
      FREESWITCH_BIN: '',
      FREESWITCH_ESL: '',
    });
    if (said.includes('passed')) return; // one in a usual place
    expect(said).toContain('there is no FreeSWITCH: name its binary in FREESWITCH_BIN');
    expect(code).toBe(4);
  },
  ONE_MS,
);

it.each([
  [['--target', 'asterisk'], '--target is embedded or freeswitch.'],
  [['--parallel', '99'], '--parallel takes a whole number from 1 to 8.'],
  [['nowhere'], 'There is nothing at'],
  [[], 'There is no test/scenarios here'],
])(
  '%j is told what is wrong',
  async (args, message) => {
    const { code, said } = await run(args);
    expect(said).toContain(message);
    expect(code).toBe(2);
  },
  ONE_MS,
);
