import { aScenario } from './testing/build';
import { sampleRun } from './testing/sample-run';
import { exitCodeOf, totalsOf, totalsText } from './totals';

const passed = aScenario();
const failed = aScenario({ outcome: { kind: 'failed' } });
const broken = aScenario({ outcome: { kind: 'broken', error: 'a port in use' } });
const skipped = aScenario({ outcome: { kind: 'skipped', reason: 'no WebRTC here' } });

describe('the exit code', () => {
  it.each([
    ['all passed', [passed, passed], 0],
    ['some skipped', [passed, skipped], 0],
    ['one failed', [passed, failed, skipped], 1],
    ['one failed and one broken', [broken, failed], 1],
    ['one broken', [passed, broken], 3],
    ['all skipped', [skipped, skipped], 4],
    ['none at all', [], 4],
  ])('%s', (_, scenarios, code) => {
    expect(exitCodeOf({ scenarios })).toBe(code);
  });

  it('is that of a broken run when it was interrupted, unless something had failed', () => {
    expect(exitCodeOf({ scenarios: [passed], interrupted: 'SIGINT' })).toBe(3);
    expect(exitCodeOf({ scenarios: [failed], interrupted: 'SIGINT' })).toBe(1);
  });
});

describe('totals', () => {
  it('are told worst first, without those that are none', () => {
    expect(totalsText(totalsOf(sampleRun().scenarios))).toBe('1 failed, 1 broken, 2 passed, 1 skipped');
    expect(totalsText(totalsOf([passed]))).toBe('1 passed');
    expect(totalsText(totalsOf([]))).toBe('no scenarios');
  });
});
