import { runSummary } from './run-summary';
import { paintFor } from './live/paint';
import { aRun } from './testing/build';
import { cardLeftOpen } from './testing/card-left-open';
import { answeredCall } from './testing/answered-call';
import { bigRun, sampleRun } from './testing/sample-run';

describe('what is printed when a run is over', () => {
  it('is every failure with its ladder, then the count', () => {
    const text = runSummary(sampleRun());
    expect(text).toMatch(/^FAILED Three ring at once/);
    expect(text).toContain('\nBROKEN A client who is called is busy\n');
    expect(text).toContain('|--- 200 OK (BYE) ---->|');
    expect(text).toMatch(/\n\n1 failed, 1 broken, 2 passed, 1 skipped$/);
  });

  it('is the count alone when all is well', () => {
    expect(runSummary(aRun([answeredCall()]))).toBe('1 passed');
  });

  it('shows the ladders of some failures only, and names the others', () => {
    const text = runSummary(bigRun(120));
    expect(text.match(/expected: the client hears Boris/g)).toHaveLength(5);
    expect(text.match(/^FAILED/gm)).toHaveLength(10);
  });

  it('has colours where they are wanted', () => {
    const paint = paintFor(true, {});
    expect(runSummary(aRun([cardLeftOpen()]), { paint })).toContain('\u001b[31mFAILED\u001b[39m');
  });
});
