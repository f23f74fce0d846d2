import { painter } from './terminal';
import { table, wrapped } from './table';

describe('a table', () => {
  it('has columns, whatever their colour', () => {
    const paint = painter(true);
    const rows = [
      [paint('green', 'ok'), 'acme', 'x'],
      ['waiting', 'b', ''],
    ];
    expect(table(rows).map((line) => line.replace(/\u001b\[\d+m/g, ''))).toEqual([
      'ok       acme  x',
      'waiting  b',
    ]);
  });

  it('may be empty', () => {
    expect(table([])).toEqual([]);
  });
});

describe('a long text', () => {
  it('is cut between words, and stays whole where there is no space', () => {
    expect(wrapped('one two three averyveryverylongword', 10, '  ')).toEqual([
      'one two',
      '  three',
      '  averyveryverylongword',
    ]);
  });

  it('keeps its lines', () => {
    expect(wrapped('a\nb', 80)).toEqual(['a', 'b']);
  });
});
