import { decodePhpForm, encodePhpForm } from './php-form';

describe('a form of PHP', () => {
  it('has nested keys in brackets, flags as 1 and 0, and nothing for null', () => {
    const fields = { event: 'X', data: { QUERY: { n: 1 }, ok: true, no: false, none: null }, ids: [5, 6] };
    expect(decodeURIComponent(encodePhpForm(fields))).toBe(
      'event=X&data[QUERY][n]=1&data[ok]=1&data[no]=0&ids[0]=5&ids[1]=6',
    );
  });

  it('comes back as it went, all scalars as strings', () => {
    const fields = { a: { 'b c': 'ü&=[]', d: ['x', 'y'] }, e: '' };
    expect(decodePhpForm(new URLSearchParams(encodePhpForm(fields)))).toEqual(fields);
  });
});
