import type { LiveCall } from './live-call';
import { LineView } from './line-view';
import { fit, safeText } from './safe-text';
import { TableView } from './table-view';

const call: LiveCall = {
  callId: 'c1',
  startedAt: 0,
  who: '74950001234 Ivan',
  to: '74951234568',
  phones: [
    { name: 'Anna', state: 'rings' },
    { name: 'Boris', state: 'rings' },
  ],
  cards: [],
};
const cardOf = (name: string, isOpen: boolean) => ({ name, key: `${name} 1`, isOpen });

describe('the lines of a day', () => {
  it('tell each change of a call once', () => {
    const lines: string[] = [];
    let now = 10_000;
    const view = new LineView(
      (line) => lines.push(line),
      () => now,
    );
    view.show([call]);
    now += 200;
    view.show([{ ...call, cards: [cardOf('Anna', true), cardOf('Boris', true)] }]);
    now += 2000;
    const answered: LiveCall = {
      ...call,
      phones: [
        { name: 'Anna', state: 'is off' },
        { name: 'Boris', state: 'is on the phone' },
      ],
      cards: [cardOf('Anna', false), cardOf('Boris', true)],
    };
    view.show([answered]);
    view.show([answered]);
    view.show([{ ...answered, end: 'answered 4 s', filed: '200 4 s, Boris', recording: '4.0 s' }]);
    expect(lines.map((line) => line.replace(/ {2,}/g, ' ').trim())).toEqual([
      '0.0 s 74950001234 Ivan → 74951234568 Anna, Boris ring',
      '0.2 s 74950001234 Ivan card on: Anna, Boris',
      '2.2 s 74950001234 Ivan Anna is off; Boris is on the phone; card off: Anna',
      '2.2 s 74950001234 Ivan over: answered 4 s; FILED 200 4 s, Boris; recording of 4.0 s',
    ]);
  });

  it('tell of a card that was gone before anybody looked', () => {
    const lines: string[] = [];
    new LineView((line) => lines.push(line)).show([{ ...call, cards: [cardOf('Anna', false)] }]);
    expect(lines[0]).toContain('card on: Anna; card off: Anna');
  });
});

describe('the table of a day', () => {
  it('stays within the terminal, open calls first', () => {
    const written: string[] = [];
    const screen = { columns: 80, rows: 8, write: (text: string) => written.push(text) };
    const ended = Array.from({ length: 20 }, (_, index) => ({
      ...call,
      callId: `old ${index}`,
      who: `client ${index}`,
      end: 'missed',
    }));
    const view = new TableView(screen);
    view.show([call, ...ended]);
    const lines = (written.at(-1) ?? '').replace(/\u001b\[[^A-Za-z]*[A-Za-z]/g, '').split('\n');
    expect(lines.filter((line) => line.startsWith('client'))).toHaveLength(4);
    expect(lines.some((line) => line.startsWith('74950001234 Ivan'))).toBe(true);
    expect(lines).toHaveLength(8);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(80);
  });
});

describe('text for a terminal', () => {
  it('holds nothing that a terminal obeys, whatever the caller calls himself', () => {
    expect(safeText('Evil\u001b[2J\u001b]0;owned\u0007 \r\nHangup-Cause: \u202eFAKE\u009b31m')).toBe(
      'Evil [2J ]0;owned   Hangup-Cause:  FAKE 31m',
    );
    expect(safeText('Иван Петров')).toBe('Иван Петров');
  });

  it('has the width it is given', () => {
    expect(fit('Ж'.repeat(200), 5)).toBe('ЖЖЖЖ…');
    expect(fit('abc', 5)).toBe('abc  ');
  });
});
