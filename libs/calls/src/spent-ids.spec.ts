import { SpentIds } from './spent-ids';

describe('ids that were given to a call', () => {
  it('are remembered, and free only once', () => {
    const ids = new SpentIds();
    expect(ids.spend('a')).toBe(false);
    expect(ids.spend('a')).toBe(true);
  });

  it('are forgotten after ten thousand others, but not one that comes again and again', () => {
    const ids = new SpentIds();
    ids.spend('once');
    ids.spend('constant');
    for (let n = 0; n < 9_999; n++) ids.spend(`call-${n}`);
    expect(ids.spend('constant')).toBe(true);
    for (let n = 0; n < 9_999; n++) ids.spend(`later-${n}`);
    expect(ids.spend('constant')).toBe(true);
    expect(ids.spend('once')).toBe(false);
  });
});
