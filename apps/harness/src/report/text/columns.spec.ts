import { columnsOf, cut, fit } from './columns';

describe('columns of a terminal', () => {
  it('counts wide characters twice and accents not at all', () => {
    expect(columnsOf('abc')).toBe(3);
    expect(columnsOf('漢字')).toBe(4);
    expect(columnsOf('🙂')).toBe(2);
    expect(columnsOf('e\u0301')).toBe(1);
  });

  it('cuts with an ellipsis and fills up with blanks', () => {
    expect(cut('180 Ringing', 7)).toBe('180 Ri…');
    expect(cut('漢字漢字', 5)).toBe('漢字…');
    expect(cut('abc', 0)).toBe('');
    expect(fit('漢', 4)).toBe('漢  ');
    expect(columnsOf(fit('漢字漢字', 4))).toBe(4);
  });
});
