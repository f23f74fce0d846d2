import { compareMoments, earliest, isBefore, latest } from './moment';

const noon = { at: 1000, seq: 7 };

describe('moments', () => {
  it('are ordered by the clock of the switch, then by its event counter', () => {
    const moments = [{ at: 2000, seq: 1 }, { at: 1000, seq: 9 }, noon];
    expect(moments.sort(compareMoments)).toEqual([noon, { at: 1000, seq: 9 }, { at: 2000, seq: 1 }]);
    expect(compareMoments(noon, { ...noon })).toBe(0);
    expect(isBefore(noon, { ...noon })).toBe(false);
  });

  it('earliest and latest take what there is, and the one known first among equals', () => {
    const same = { ...noon };
    expect(earliest(undefined, undefined)).toBeUndefined();
    expect(earliest(noon, undefined)).toBe(noon);
    expect(latest(undefined, noon)).toBe(noon);
    expect(earliest(noon, same)).toBe(noon);
    expect(latest(noon, same)).toBe(noon);
    expect(earliest({ at: 1001, seq: 1 }, noon)).toBe(noon);
    expect(latest({ at: 999, seq: 8 }, noon)).toBe(noon);
  });
});
