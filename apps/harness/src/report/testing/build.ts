import type { AudioCheckRecord } from '../evidence';
import {
  NO_EVIDENCE,
  RUN_RECORD_FORMAT,
  RUN_RECORD_VERSION,
  type ActorRecord,
  type RunRecord,
  type ScenarioRecord,
  type StepRecord,
} from '../run-record';

export const TRUNK: ActorRecord = { id: 'trunk', kind: 'trunk', name: 'Ivan, a client' };
export const SWITCH: ActorRecord = { id: 'switch', kind: 'switch', name: 'switch' };
export const ANNA: ActorRecord = {
  id: 'anna',
  kind: 'person',
  name: 'Anna',
  extension: '1001',
  portalUserId: 4,
};
export const BORIS: ActorRecord = {
  id: 'boris',
  kind: 'person',
  name: 'Boris',
  extension: '1002',
  portalUserId: 5,
};
export const VERA: ActorRecord = {
  id: 'vera',
  kind: 'person',
  name: 'Vera',
  extension: '1003',
  portalUserId: 6,
};

/** A scenario that passed without anything having happened; the rest as given. */
export function aScenario(parts: Partial<ScenarioRecord> = {}): ScenarioRecord {
  return {
    id: 'inbound-answered',
    file: 'inbound/answered.yaml',
    title: 'A call comes in and is answered',
    tags: ['inbound'],
    source: 'title: A call comes in and is answered\n',
    outcome: { kind: 'passed' },
    startedAt: '2026-08-01T10:00:00.000Z',
    durationMs: 5000,
    steps: [],
    actors: [TRUNK, SWITCH, ANNA],
    ...NO_EVIDENCE,
    ...parts,
  };
}

export function aRun(scenarios: readonly ScenarioRecord[], parts: Partial<RunRecord> = {}): RunRecord {
  return {
    format: RUN_RECORD_FORMAT,
    version: RUN_RECORD_VERSION,
    suite: 'scenarios',
    target: { kind: 'embedded', version: '0.1.0' },
    startedAt: '2026-08-01T10:00:00.000Z',
    endedAt: '2026-08-01T10:01:23.456Z',
    environment: [
      { name: 'connector', value: '0.1.0' },
      { name: 'Node.js', value: '24.1.0' },
      { name: 'system', value: 'linux x64' },
      { name: 'queue', value: 'postgres' },
    ],
    scenarios,
    ...parts,
  };
}

/** Steps from a source: `[line, text, beganMs, endedMs]`; lines without moments were not reached. */
export function steps(
  ...rows: readonly (readonly [line: number, text: string, beganMs?: number, endedMs?: number])[]
): StepRecord[] {
  return rows.map(([line, text, beganMs, endedMs]) => ({
    line,
    text,
    ...(beganMs === undefined ? {} : { beganMs, endedMs, deadlineMs: 5000 }),
    outcome: beganMs === undefined ? 'not-reached' : 'passed',
  }));
}

/** A stretch in which a tone of one loudness was heard, with a bit of life in it. */
export function heard(
  parts: Pick<AudioCheckRecord, 'listener' | 'expected' | 'fromMs' | 'toMs'> & Partial<AudioCheckRecord>,
): AudioCheckRecord {
  const blocks = Math.round((parts.toMs - parts.fromMs) / 100);
  return {
    blockMs: 100,
    levelsDb: Array.from({ length: blocks }, (_, i) => -13 - ((i * 7) % 5)),
    tones: [],
    packets: blocks * 5,
    lost: 0,
    gaps: [],
    jitterMs: 0.4,
    isRight: true,
    finding: '',
    ...parts,
  };
}
