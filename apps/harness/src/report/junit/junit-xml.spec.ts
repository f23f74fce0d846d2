import { DOMParser, type Element } from '@xmldom/xmldom';
import { failureText } from '../failure-text';
import { aRun, aScenario } from '../testing/build';
import { cardLeftOpen } from '../testing/card-left-open';
import { hostileRun } from '../testing/hostile';
import { bigRun, sampleRun } from '../testing/sample-run';
import { visibleText } from '../text/visible-text';
import { junitXml } from './junit-xml';

/** Any mistake in the document is an error of the test. */
function parse(xml: string): Element {
  const onError = (level: string, message: string): never => {
    throw new Error(`${level}: ${message}`);
  };
  return new DOMParser({ onError }).parseFromString(xml, 'text/xml').documentElement!;
}

function childrenOf(element: Element): Element[] {
  return Array.from(element.childNodes).filter(
    (node): node is Element => node.nodeType === node.ELEMENT_NODE,
  );
}

function attributesOf(element: Element): Record<string, string> {
  return Object.fromEntries(Array.from(element.attributes, ({ name, value }) => [name, value]));
}

function casesOf(xml: string): Element[] {
  return Array.from(parse(xml).getElementsByTagName('testcase'));
}

/**
 * What both schemas allow: https://github.com/windyroad/JUnit-Schema (Apache Ant) and junit-10.xsd of Jenkins' xUnit plugin.
 * Children in this order, attributes all required.
 */
const SCHEMA: Readonly<Record<string, { attributes: string[]; children: RegExp }>> = {
  testsuites: { attributes: [], children: /^testsuite$/ },
  testsuite: {
    attributes: [
      'errors',
      'failures',
      'hostname',
      'id',
      'name',
      'package',
      'skipped',
      'tests',
      'time',
      'timestamp',
    ],
    children: /^properties( testcase)* system-out system-err$/,
  },
  properties: { attributes: [], children: /^(property ?)*$/ },
  property: { attributes: ['name', 'value'], children: /^$/ },
  testcase: { attributes: ['classname', 'name', 'time'], children: /^(failure|error|skipped)?$/ },
  failure: { attributes: ['message', 'type'], children: /^$/ },
  error: { attributes: ['message', 'type'], children: /^$/ },
  skipped: { attributes: ['message'], children: /^$/ },
  'system-out': { attributes: [], children: /^$/ },
  'system-err': { attributes: [], children: /^$/ },
};

function check(element: Element): void {
  const rule = SCHEMA[element.tagName];
  expect(rule).toBeDefined();
  expect(Object.keys(attributesOf(element)).sort()).toEqual(rule!.attributes);
  const children = childrenOf(element);
  expect(children.map(({ tagName }) => tagName).join(' ')).toMatch(rule!.children);
  children.forEach(check);
}

describe('JUnit XML', () => {
  it.each([
    ['a run of every kind', sampleRun()],
    ['a hostile run', hostileRun()],
    ['an empty run', aRun([])],
  ])('of %s is what both schemas ask for', (_, run) => {
    const root = parse(junitXml(run));
    check(root);
    const { timestamp, time, tests } = attributesOf(childrenOf(root)[0]!);
    expect(timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
    expect(time).toMatch(/^\d+\.\d{3}$/);
    expect(Number(tests)).toBe(run.scenarios.length);
  });

  it('counts', () => {
    const suite = parse(junitXml(sampleRun())).getElementsByTagName('testsuite')[0]!;
    expect(attributesOf(suite)).toMatchObject({
      name: 'scenarios on embedded',
      tests: '5',
      failures: '1',
      errors: '1',
      skipped: '1',
      time: '83.456',
      timestamp: '2026-08-01T10:00:00',
    });
  });

  it('names a case by its title and the file of the scenario', () => {
    const [answered] = casesOf(junitXml(sampleRun()));
    expect(attributesOf(answered!)).toEqual({
      name: 'A call comes in for one employee and is answered',
      classname: 'inbound.answered',
      time: '5.230',
    });
  });

  it('tells in a failure where, what was expected, what came, and the ladder', () => {
    const failure = parse(junitXml(sampleRun(), { folder: 'test/scenarios' })).getElementsByTagName(
      'failure',
    )[0]!;
    expect(failure.textContent).toBe(failureText(cardLeftOpen(), { folder: 'test/scenarios' }));
    expect(failure.textContent).toMatch(/^at test\/scenarios\/queue\/simultaneous\.yaml:14 /);
    expect(failure.getAttribute('message')).toMatch(/^line 14: Anna has no card within 1s: her card/);
  });

  it('tells what broke, and why something was skipped', () => {
    const root = parse(junitXml(sampleRun()));
    expect(root.getElementsByTagName('error')[0]!.getAttribute('message')).toBe(
      'The phone of Anna could not register: 403 Forbidden.',
    );
    expect(root.getElementsByTagName('skipped')[0]!.getAttribute('message')).toBe(
      'needs the optional package @roamhq/wrtc',
    );
  });

  it('gives scenarios of one title different names, for readers would see one', () => {
    const same = aScenario({ title: 'busy', file: 'a.yaml' });
    const names = casesOf(junitXml(aRun([same, same, { ...same, file: 'b.yaml' }]))).map((element) =>
      element.getAttribute('name'),
    );
    expect(names).toEqual(['busy', 'busy (2)', 'busy']);
  });

  it('keeps hostile text as text', () => {
    const run = hostileRun();
    const root = parse(junitXml(run));
    const [first] = Array.from(root.getElementsByTagName('testcase'));
    expect(first!.getAttribute('name')).toBe(visibleText(run.scenarios[0]!.title));
    expect(root.getElementsByTagName('error')[0]!.textContent).toContain(
      visibleText(run.scenarios[1]!.title),
    );
  });

  it('stays far below the 30 MB that GitLab reads', () => {
    expect(junitXml(bigRun(300)).length).toBeLessThan(3_000_000);
  });
});
