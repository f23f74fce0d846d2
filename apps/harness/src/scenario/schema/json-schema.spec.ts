import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { castJsonSchema, scenarioJsonSchema } from './json-schema';

const FOLDER = join(__dirname, '..', '..', '..', '..', '..', 'test', 'scenarios');
const ajv = new Ajv({ strict: false, allErrors: true });
const isScenario = ajv.compile(JSON.parse(scenarioJsonSchema()) as object);
const isCast = ajv.compile(JSON.parse(castJsonSchema()) as object);

const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.yaml'),
);

describe('the schema for editors', () => {
  it.each(files)('takes %s, which names it', (file) => {
    const text = readFileSync(join(FOLDER, file), 'utf8');
    const check = file.endsWith('cast.yaml') ? isCast : isScenario;
    check(parse(text));
    expect(check.errors ?? []).toEqual([]);
    expect(text).toMatch(
      /^# yaml-language-server: \$schema=(\.\.\/)+docs\/generated\/(cast|scenario)\.schema\.json\n/,
    );
  });

  it.each([
    { scenario: 'x', steps: [{ anna: 'rins' }] },
    { scenario: 'x', steps: [{ anna: { transfer: 'ivan' } }] },
    { scenario: 'x', steps: [{ anna: 'rings', within: 'soon' }] },
    { scenario: 'x', step: [] },
    { scenario: 'x', steps: [{ anna: 'rings' }], then: { call: { outcom: 'answered' } } },
  ])('marks %j', (wrong) => {
    expect(isScenario(wrong)).toBe(false);
  });
});
