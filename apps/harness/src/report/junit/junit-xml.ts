import { failureLine, failureText } from '../failure-text';
import type { RunRecord, ScenarioRecord } from '../run-record';
import { totalsOf, totalsText } from '../totals';
import { xmlDocument, type Element } from './xml';

export interface JunitOptions {
  /** The folder of the scenario files as the repository names it: "test/scenarios". CI marks the failing line there. */
  readonly folder?: string;
}

/** Readers keep whole files in memory, and GitLab refuses more than 30 MB. */
const MOST_FAILURE_CHARACTERS = 60_000;

/**
 * The run as JUnit XML. It is valid against both schemas that are in use, Apache Ant's and that of Jenkins' xUnit plugin,
 * which leaves few attributes: `file` is in neither. The file stands in the class name, as dots and names, and in the first
 * line of a failure with its line number, where the actions for GitHub look for it.
 */
export function junitXml(run: RunRecord, options: JunitOptions = {}): string {
  return xmlDocument({ name: 'testsuites', children: [suite(run, options)] });
}

function suite(run: RunRecord, options: JunitOptions): Element {
  const { scenarios, target, startedAt, endedAt } = run;
  const totals = totalsOf(scenarios);
  return {
    name: 'testsuite',
    attributes: {
      name: `${run.suite} on ${target.kind}`,
      package: run.suite,
      id: 0,
      // Without a zone and without milliseconds, says the schema.
      timestamp: startedAt.slice(0, 19),
      hostname: 'localhost',
      tests: scenarios.length,
      failures: totals.failed,
      errors: totals.broken,
      skipped: totals.skipped,
      time: seconds(Date.parse(endedAt) - Date.parse(startedAt)),
    },
    children: [
      properties(run),
      ...withUniqueNames(scenarios).map(([scenario, name]) => testcase(scenario, name, options)),
      { name: 'system-out', text: totalsText(totals) },
      { name: 'system-err', text: run.interrupted ?? '' },
    ],
  };
}

function properties({ target, environment }: RunRecord): Element {
  const all = [
    { name: 'target', value: target.kind },
    { name: 'switch version', value: target.version },
    ...environment,
  ];
  return {
    name: 'properties',
    children: all.map(({ name, value }) => ({ name: 'property', attributes: { name, value } })),
  };
}

/** Readers take two cases of one name in one class for one case. */
function withUniqueNames(scenarios: readonly ScenarioRecord[]): [ScenarioRecord, string][] {
  const seen = new Map<string, number>();
  return scenarios.map((scenario) => {
    const key = `${scenario.file}\n${scenario.title}`;
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return [scenario, count > 1 ? `${scenario.title} (${count})` : scenario.title];
  });
}

function testcase(scenario: ScenarioRecord, name: string, options: JunitOptions): Element {
  return {
    name: 'testcase',
    attributes: { name, classname: classNameOf(scenario.file), time: seconds(scenario.durationMs) },
    children: verdict(scenario, options),
  };
}

function verdict(scenario: ScenarioRecord, options: JunitOptions): Element[] {
  const { kind } = scenario.outcome;
  if (kind === 'passed') return [];
  const message = failureLine(scenario) ?? kind;
  if (kind === 'skipped') return [{ name: 'skipped', attributes: { message } }];
  const text = failureText(scenario, options).slice(0, MOST_FAILURE_CHARACTERS);
  return kind === 'failed'
    ? [{ name: 'failure', attributes: { message, type: 'ScenarioFailed' }, text }]
    : [{ name: 'error', attributes: { message, type: 'ScenarioBroken' }, text }];
}

/** "inbound/answered.yaml" is the class "answered" of the package "inbound". */
function classNameOf(file: string): string {
  return file
    .replace(/\.[^./]+$/, '')
    .replaceAll('.', '_')
    .replaceAll('/', '.');
}

function seconds(ms: number): string {
  return (Math.max(0, ms) / 1000).toFixed(3);
}
