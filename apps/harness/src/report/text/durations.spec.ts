import { lengthText, momentText } from './durations';

it.each([
  [0, '0 ms'],
  [999.4, '999 ms'],
  [999.6, '1.0 s'],
  [59_949, '59.9 s'],
  [59_990, '1 min 0 s'],
  [185_400, '3 min 5 s'],
])('%d ms is %s', (ms, text) => {
  expect(lengthText(ms)).toBe(text);
});

it('tells moments to the millisecond, those before the beginning too', () => {
  expect([12, 4062.4, -420].map(momentText)).toEqual(['0.012', '4.062', '-0.420']);
});
