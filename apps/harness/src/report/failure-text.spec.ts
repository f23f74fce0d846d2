import { failureLine, failureText } from './failure-text';
import { answeredCall } from './testing/answered-call';
import { cardLeftOpen } from './testing/card-left-open';
import { brokenScenario, skippedScenario } from './testing/other-scenarios';

describe('what is said of a failure', () => {
  it('is one line: where, what, and what came instead', () => {
    expect(failureLine(cardLeftOpen())).toBe(
      'line 14: Anna has no card within 1s: her card, shown by register at 0.402 s, is still there; ' +
        'hide was answered with QUERY_LIMIT_EXCEEDED at 3.141 s (and 1 more)',
    );
  });

  it('is the first line of what broke a scenario, or the reason to skip it, or nothing', () => {
    expect(failureLine(brokenScenario())).toBe('The phone of Anna could not register: 403 Forbidden.');
    expect(failureLine(skippedScenario())).toBe('needs the optional package @roamhq/wrtc');
    expect(failureLine(answeredCall())).toBeUndefined();
  });

  it('is, at length, every failed step with its place, and the ladder', () => {
    const [first, second, ladder] = failureText(cardLeftOpen(), { folder: 'test/scenarios' }).split('\n\n');
    expect(first).toBe(
      [
        'at test/scenarios/queue/simultaneous.yaml:14  Anna has no card within 1s',
        "  expected: no card of 74950005678 on Anna's screen from 4.060 s on",
        '  came:     her card, shown by register at 0.402 s, is still there; hide was answered with QUERY_LIMIT_EXCEEDED at 3.141 s',
      ].join('\n'),
    );
    expect(second).toContain('queue/simultaneous.yaml:15');
    expect(ladder).toContain('4.062 !! line 14 failed: Anna has no card within 1s');
  });

  it('tells what broke a scenario, and where it had come', () => {
    const text = failureText(brokenScenario());
    expect(text).toContain('The directory of the switch has no user 1001 in the domain 127.0.0.1.');
    expect(text).toContain('at outbound/busy.yaml:3  Anna calls 74957654321');
    expect(text).toContain('403 Forbidden (REGISTER)');
  });

  it('indents what has several lines', () => {
    const [step] = cardLeftOpen().steps.filter(({ outcome }) => outcome === 'failed');
    const scenario = { ...cardLeftOpen(), steps: [{ ...step!, came: 'one\r\ntwo\n' }], messages: [] };
    expect(failureText(scenario)).toMatch(/ {2}came: {5}one\n {12}two$/);
  });
});
