import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readScenarios } from './read-folder';
import { RunningSwitch } from './running-switch';

const SCENARIO = [
  'scenario: A call through a dialplan of its own',
  'settings:',
  '  configuration: plan',
  'people: { eve: { extension: 1004, user: 4 } }',
  'steps:',
  '  - eve: hangs up',
].join('\n');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'connector-folder-'));
  mkdirSync(join(folder, 'calls'));
  writeFileSync(join(folder, 'calls', 'own.yaml'), SCENARIO);
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a configuration of its own', () => {
  it('is a folder beside the file, from wherever the scenarios are read', () => {
    mkdirSync(join(folder, 'calls', 'plan'));
    const [found] = readScenarios([folder], tmpdir());
    expect(found?.scenario?.settings.configuration).toBe(join(folder, 'calls', 'plan'));
  });

  it('that is not there is a mistake in the file', () => {
    const [found] = readScenarios([folder], folder);
    expect(found?.error?.message).toBe('calls/own.yaml:3:1: there is no folder "plan" beside this file');
  });

  it('is nothing that a running switch can be given', () => {
    const running = new RunningSwitch(new Map([['CONNECTOR_LINE', '7']]));
    expect(running.whyNot({ switch: { CONNECTOR_LINE: '7' } })).toBeUndefined();
    expect(running.whyNot({ switch: {}, configuration: '/plan' })).toMatch(/configuration of its own/);
  });
});
