import type { RunEvent } from '../run-event';
import { eventsOf } from '../testing/events';
import { hostileRun } from '../testing/hostile';
import { sampleRun } from '../testing/sample-run';
import { Terminal } from '../testing/terminal';
import { paintFor } from './paint';
import { progressOn } from './progress';
import { ScreenProgress } from './screen-progress';

const run = eventsOf(sampleRun());
/** Up to the step of this text, which goes on. */
function until(text: string): RunEvent[] {
  return run.slice(0, run.findIndex((event) => event.event === 'step-started' && event.text === text) + 1);
}

/** A clock that stands still: lengths of what runs are 0 ms. */
function onScreen(events: readonly RunEvent[], terminal = new Terminal(), env = {}) {
  const progress = new ScreenProgress(terminal, paintFor(true, env), () => 0);
  for (const event of events) progress.on(event);
  return { terminal, progress };
}

describe('progress on a terminal', () => {
  it('shows what runs and how far it is, below what is over', () => {
    const { terminal, progress } = onScreen(until('Boris answers'));
    expect(terminal.text.split('\n')).toEqual([
      '5 scenarios on the embedded switch 0.1.0',
      'ok        5.2 s  A call comes in for one employee and is answered  inbound/answered.yaml',
      '  ...      0 ms  Three ring at once, and when one answers the others lose the card  5/11: Boris an…',
      '[=====                   ] 1 of 5  0 ms  1 ok',
    ]);
    progress.close();
  });

  it('is gone when the run is over, and leaves a line for each scenario', () => {
    const { terminal } = onScreen(run, new Terminal(300));
    expect(terminal.isCursorHidden).toBe(false);
    expect(terminal.text.split('\n').map((line) => line.slice(0, 90).trimEnd())).toEqual([
      '5 scenarios on the embedded switch 0.1.0',
      'ok        5.2 s  A call comes in for one employee and is answered  inbound/answered.yaml',
      expect.stringMatching(/^FAILED {4}9\.1 s {2}Three ring at once/),
      expect.stringMatching(/^ {17}line 14: Anna has no card within 1s: her card/),
      expect.stringMatching(/^ok {8}5\.2 s {2}Calls of an outage/),
      expect.stringMatching(/^BROKEN {4}1\.3 s {2}A client who is called is busy/),
      expect.stringMatching(/^ {17}The phone of Anna could not register/),
      expect.stringMatching(/^skip {13}A browser phone answers/),
      '                 needs the optional package @roamhq/wrtc',
      '1 failed, 1 broken, 2 passed, 1 skipped in 1 min 23 s',
    ]);
  });

  it('draws over its own lines only, also when what was printed is wider than the terminal', () => {
    const { terminal } = onScreen(run, new Terminal(40));
    expect(terminal.text).not.toContain('...');
    expect(terminal.text.replace(/\n/g, '')).toContain(
      'Three ring at once, and when one answers the others lose the card  queue/simultaneous.yaml',
    );
  });

  it('gives the terminal back when it is closed in the middle', () => {
    const { terminal, progress } = onScreen(until('Boris answers'));
    expect(terminal.isCursorHidden).toBe(true);
    progress.close();
    expect(terminal.isCursorHidden).toBe(false);
    expect(terminal.text).not.toContain('...');
    progress.close();
  });

  it('never has more lines than the terminal, however many scenarios run', () => {
    const many = Array.from({ length: 50 }, (_, i): RunEvent => {
      return {
        event: 'scenario-started',
        at: '',
        id: `s${i}`,
        file: '',
        title: `call ${i}`,
        tags: [],
        steps: 3,
      };
    });
    const { terminal, progress } = onScreen([run[0]!, ...many], new Terminal(60, 8));
    expect(terminal.text.split('\n')).toEqual([
      expect.stringContaining('5 scenarios'),
      ...[0, 1, 2, 3, 4].map((i) => expect.stringContaining(`call ${i}  0/3`) as string),
      '  and 45 more',
      expect.stringContaining('0 of 5'),
    ]);
    progress.close();
  });

  it('has colours, unless somebody wants none', () => {
    expect(onScreen(run).terminal.colours).toBeGreaterThan(0);
    expect(onScreen(run, new Terminal(), { NO_COLOR: '1' }).terminal.colours).toBe(0);
    expect(onScreen(run, new Terminal(), { NO_COLOR: '' }).terminal.colours).toBeGreaterThan(0);
  });

  it('obeys no caller', () => {
    const wide = new Terminal(10_000);
    expect(() => onScreen(eventsOf(hostileRun()), wide)).not.toThrow();
    expect(wide.text).toContain('␛[2J');
  });
});

describe('progress elsewhere', () => {
  function linesOf(events: readonly RunEvent[], env = {}): string[] {
    const written: string[] = [];
    const progress = progressOn({ write: (text) => written.push(text) }, env);
    for (const event of events) progress.on(event);
    progress.close();
    return written.join('').split('\n').slice(0, -1);
  }

  it('is a line per scenario when it is over, without colours', () => {
    const lines = linesOf(run);
    expect(lines.filter((line) => /^(ok|FAILED|BROKEN|skip)/.test(line))).toHaveLength(5);
    expect(lines.at(-1)).toBe('1 failed, 1 broken, 2 passed, 1 skipped in 1 min 23 s');
    expect(lines.join('')).not.toContain('\u001b');
  });

  it('is the same on a terminal that cannot be drawn on', () => {
    const terminal = new Terminal(10_000);
    const progress = progressOn(terminal, { TERM: 'dumb' });
    for (const event of run) progress.on(event);
    expect(terminal.text.split('\n')).toEqual(linesOf(run));
    expect(terminal.colours).toBe(0);
  });

  it('tells what was not run when a run is interrupted', () => {
    const end = run.at(-1)!;
    const cut = [...until('Boris answers'), { ...end, interrupted: 'SIGINT' } as RunEvent];
    expect(linesOf(cut).at(-1)).toContain('4 not run in 1 min 23 s (interrupted: SIGINT)');
  });
});
