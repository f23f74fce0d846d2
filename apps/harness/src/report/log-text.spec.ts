import { logText } from './log-text';
import { cardLeftOpen } from './testing/card-left-open';

const scenario = cardLeftOpen();
const at = (ms: number) => new Date(Date.parse(scenario.startedAt) + ms).toISOString();

function logs(...files: (readonly (object | string)[])[]) {
  const attachments = files.map((lines, index) => {
    const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
    return {
      name: `${index}.log`,
      kind: 'log' as const,
      mediaType: 'text/plain',
      bytes: text.length,
      content: { text },
    };
  });
  return logText({ ...scenario, attachments });
}

it('tells in the order of time what the services decided, with the facts and the words of errors', () => {
  const decided = { level: 'info', time: at(60), app: 'gateway', part: 'routing', callId: 'c1' };
  const said = logs(
    [{ ...decided, whom: ['1001'], client: 'too-slow', msg: '1001 rings: next of the line' }],
    [{ level: 'warn', time: at(12), app: 'worker', err: { message: 'refused', stack: 'at x' }, msg: 'red' }],
  );
  expect(said).toBe(
    [
      'The services logged:',
      '  0.012  worker: WARN red (err=refused)',
      '  0.060  gateway: 1001 rings: next of the line (whom=["1001"] client=too-slow)',
    ].join('\n'),
  );
});

it('has the last lines of many, and none of what is no log line', () => {
  const many = Array.from({ length: 30 }, (_, n) => ({
    level: 'info',
    time: at(n),
    app: 'worker',
    msg: `no ${n}`,
  }));
  const lines = logs(['Segmentation fault', 'null', '{}', ...many])?.split('\n') ?? [];
  expect(lines[0]).toBe('The services logged: (10 lines before these)');
  expect(lines.slice(1).map((line) => line.replace(/.*no /, ''))).toEqual(
    Array.from({ length: 20 }, (_, n) => String(n + 10)),
  );
});

it('shows what would drive a terminal, and is silent when nothing was said', () => {
  expect(logs([{ level: 'info', time: at(1), app: 'gateway', msg: '\u001b[2J' }])).toContain('␛[2J');
  expect(logs([''])).toBeUndefined();
});
