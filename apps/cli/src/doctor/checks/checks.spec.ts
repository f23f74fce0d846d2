import { EslCommandError, EslTimeoutError, type SwitchVisit } from '@app/esl';
import type { Finding } from '../finding';
import { callFindings } from './calls';
import { clockFinding, databaseFindings } from './database';
import { dialplanFinding } from './dialplan';
import { phoneFindings } from './phones';
import { processFindings } from './processes';
import { queueFindings } from './queue';
import { lookAtSwitch } from './switch';

const NOW = Date.UTC(2026, 2, 7);
const brief = (findings: readonly Finding[]) => findings.map(({ check, level }) => `${check} ${level}`);

describe('of the database', () => {
  const fine = {
    versionNumber: 180_001,
    version: '18.1',
    now: NOW,
    missing: [],
    unknown: [],
    sealedWithOtherKeys: 0,
  };

  it.each([
    [{}, ['postgres.version green', 'postgres.migrations green', 'postgres.clock green']],
    [
      { versionNumber: 130_011 },
      ['postgres.version red', 'postgres.migrations green', 'postgres.clock green'],
    ],
    [{ missing: ['A1'] }, ['postgres.version green', 'postgres.migrations red', 'postgres.clock green']],
    [{ unknown: ['B2'] }, ['postgres.version green', 'postgres.migrations yellow', 'postgres.clock green']],
    [{ now: NOW + 30_000 }, ['postgres.version green', 'postgres.migrations green', 'postgres.clock yellow']],
    [{ now: NOW - 90_000 }, ['postgres.version green', 'postgres.migrations green', 'postgres.clock red']],
  ])('%j', (facts, levels) => {
    expect(brief(databaseFindings({ ...fine, ...facts }, NOW))).toEqual(levels);
  });

  it('a clock is ahead or behind', () => {
    expect(clockFinding('x', 'It', 61_000, 5_000).text).toBe('It is 61 s ahead of ours.');
    expect(clockFinding('x', 'It', -61_000, 5_000).text).toBe('It is 61 s behind ours.');
  });
});

describe('of the queue', () => {
  it.each([
    [{ kind: 'postgres', version: '18.1' }, ['queue green']],
    [
      { kind: 'redis', version: '7.2.4', evictionPolicy: 'noeviction' },
      ['queue.version green', 'queue.eviction green'],
    ],
    [
      { kind: 'redis', version: '6.0.16', evictionPolicy: 'allkeys-lru' },
      ['queue.version red', 'queue.eviction red'],
    ],
    [{ kind: 'redis', version: '6.2.0' }, ['queue.version green', 'queue.eviction yellow']],
  ] as const)('%j', (facts, levels) => {
    expect(brief(queueFindings(facts))).toEqual(levels);
  });
});

describe('of processes', () => {
  const worker = { processId: 'w', app: 'worker', host: 'vm', pid: 7, startedAt: NOW, silentMs: 1_000 };
  const health = { ready: true, components: [{ name: 'queue', state: 'up' }] };

  it('which are alive, which were, and which are not ready', () => {
    const sick = { ready: false, components: [{ name: 'queue', state: 'down', reason: 'refused' }] };
    const gateway = { ...worker, app: 'gateway', silentMs: 120_000, health };
    const [first, second] = processFindings([{ ...worker, health: sick }, gateway]);
    expect(first).toMatchObject({ check: 'process.worker', level: 'red' });
    expect(first?.text).toBe('The worker on vm is not ready: queue: refused');
    expect(second?.text).toBe('No gateway is alive; one was heard of 2 min ago.');
  });
});

it('of calls: which wait, and that nobody looks at them', () => {
  expect(brief(callFindings({ problems: [], overdue: 0 }))).toEqual(['calls green']);
  const found = callFindings({ problems: [{ problem: 'the portal is red', calls: 2 }], overdue: 1 });
  expect(brief(found)).toEqual(['calls.overdue red', 'calls.waiting yellow']);
});

/** A switch that answers these commands and refuses all others. */
function switchThat(answers: Readonly<Record<string, string>>): SwitchVisit {
  const api = (command: string, args = '') => {
    const answer = answers[`${command} ${args}`.trim()];
    return answer === undefined
      ? Promise.reject(new EslCommandError(`api ${command}`, '-ERR permission denied'))
      : Promise.resolve(answer);
  };
  return { api, subscribe: () => Promise.resolve(), clock: () => Promise.resolve(NOW) };
}

describe('of the phones of a switch', () => {
  const LIST = 'userid|context|domain\n1001|default|pbx\n1003|default|pbx\nconnector|default|pbx\n\n+OK\n';
  const at = (extension: string) => ({ switchId: 'main', domain: 'pbx', extension, userId: 1 });

  it('who belongs to nobody, and whom the switch does not know', async () => {
    const found = await phoneFindings(switchThat({ list_users: LIST }), 'main', [at('1001'), at('1002')]);
    expect(found.map(({ text }) => text)).toEqual([
      'Phones that belong to nobody in a portal: 1003',
      'Internal numbers that the switch does not know: 1002',
    ]);
  });

  it('only the registered ones, when the directory may not be read: who is away is not missed', async () => {
    const rows = [{ reg_user: '1001', realm: 'pbx' }];
    const visit = switchThat({ 'show registrations as json': JSON.stringify({ row_count: 1, rows }) });
    expect(brief(await phoneFindings(visit, 'main', [at('1001'), at('1002')]))).toEqual([
      'switch.phones green',
    ]);
    expect(await phoneFindings(switchThat({}), 'main', [at('1001')])).toEqual([]);
  });
});

describe('of the dialplan', () => {
  const NONE = { calls: 0, stamped: 0 };
  const context = (text: string) => ({
    'xml_locate dialplan context name default': `<context>${text}</context>`,
  });

  it.each([
    ['it gives the id', context('export connector_call_id=...'), NONE, 'green'],
    ['it gives none', context(''), NONE, 'yellow'],
    ['it may not be asked, and its calls have the id', {}, { calls: 20, stamped: 19 }, 'green'],
    ['it may not be asked, and its calls have none', {}, { calls: 20, stamped: 0 }, 'yellow'],
    ['nobody knows yet', {}, NONE, 'green'],
  ])('%s', async (_what, answers, calls, level) => {
    expect(await dialplanFinding(switchThat(answers), calls)).toMatchObject({ level });
  });

  it('a switch that does not answer is no answer', async () => {
    const silent = { ...switchThat({}), api: () => Promise.reject(new EslTimeoutError('api', 1, false)) };
    await expect(dialplanFinding(silent, NONE)).rejects.toThrow(EslTimeoutError);
  });
});

it('of a switch whose password is not known here', async () => {
  const unknown = { id: 'main', host: 'pbx', port: 8021, recordings: [] };
  const [finding] = await lookAtSwitch(unknown, () => Promise.reject(new Error('not asked')), 1);
  expect(finding).toMatchObject({ check: 'switch.login', level: 'yellow' });
});
