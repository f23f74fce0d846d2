import { fitText, monoWidth, textWidth } from './text-width';

describe('the width of a text', () => {
  it('is more for capitals and wide scripts', () => {
    expect(textWidth('NORMAL_CLEARING')).toBeGreaterThan(textWidth('normal_clearing'));
    expect(textWidth('漢字')).toBeGreaterThan(textWidth('ab'));
  });

  it('decides how much of it is shown', () => {
    expect(fitText('register', 200)).toBe('register');
    expect(fitText('register', 40)).toMatch(/^reg\w*…$/);
    expect(textWidth(fitText('register', 40))).toBeLessThanOrEqual(40);
    expect(fitText('register', 5)).toBe('');
    expect(monoWidth(fitText('INVITE 1001 (SDP)', 80, monoWidth))).toBeLessThanOrEqual(80);
  });
});
