import {
  oneOfNumbers,
  phpFlag,
  phpId,
  phpIdOrNull,
  phpMap,
  phpNumber,
  phpNumberOrNull,
  phpText,
  phpTextOrNull,
  scopeList,
} from './lenient';

describe('what PHP makes of JSON', () => {
  it.each([12, '12'])('reads the id %p as a number', (wire) => expect(phpId.parse(wire)).toBe(12));

  it.each([-1, 1.5, 'abc', '', '1e3', null, {}, true])('refuses %p as an id', (wire) =>
    expect(phpId.safeParse(wire).success).toBe(false),
  );

  it.each([null, undefined, '', false, 0, '0', [], {}, 'abc'])('reads %p as no id', (wire) =>
    expect(phpIdOrNull.parse(wire)).toBeNull(),
  );

  it('keeps a zero that is a number and no id', () => {
    expect(phpNumberOrNull.parse('0.0000')).toBe(0);
    expect(phpNumberOrNull.parse(null)).toBeNull();
    expect(phpNumber.parse('-1.50')).toBe(-1.5);
  });

  it('reads a status code as text, whichever it was', () => {
    expect(phpText.parse(304)).toBe('304');
    expect(phpText.parse('603-S')).toBe('603-S');
  });

  it.each([null, undefined, '', false, [], {}])('reads %p as no text and no date', (wire) =>
    expect(phpTextOrNull.parse(wire)).toBeNull(),
  );

  it.each([true, 'Y', 1, '1', 'true'])('reads the flag %p as true', (wire) =>
    expect(phpFlag.parse(wire)).toBe(true),
  );

  it.each([false, 'N', 0, '0', 'false'])('reads the flag %p as false', (wire) =>
    expect(phpFlag.parse(wire)).toBe(false),
  );

  it.each(['yes', 2, null, []])('refuses %p as a flag', (wire) =>
    expect(phpFlag.safeParse(wire).success).toBe(false),
  );

  it('reads a list as the map that PHP took it for', () => {
    expect(phpMap(phpId).parse([])).toEqual({});
    expect(phpMap(phpId).parse({ a: '1' })).toEqual({ a: 1 });
    expect(phpMap(phpId).parse(['5', 6])).toEqual({ 0: 5, 1: 6 });
    expect(phpMap(phpId).safeParse(['a']).success).toBe(false);
    expect(phpMap(phpId).safeParse('a').success).toBe(false);
  });

  it.each([
    ['crm,telephony', ['crm', 'telephony']],
    ['crm telephony', ['crm', 'telephony']],
    [' crm, telephony ', ['crm', 'telephony']],
    ['', []],
    [undefined, []],
  ])('reads the scopes %p', (wire, scopes) => expect(scopeList.parse(wire)).toEqual(scopes));

  it('takes one number of a list, also as text', () => {
    const type = oneOfNumbers([1, 2, 3]);
    expect(type.parse('3')).toBe(3);
    expect(type.safeParse(4).success).toBe(false);
  });
});
