import { readOriginate, separate } from './freeswitch-parsers';

describe('how FreeSWITCH reads an originate', () => {
  it('a plain one', () => {
    expect(readOriginate('{a=1,b=2}user/1001@pbx.internal 79161234567 XML click-to-call')).toEqual({
      argc: 4,
      variables: { a: '1', b: '2' },
      endpoints: ['user/1001@pbx.internal'],
      rest: ['79161234567', 'XML', 'click-to-call'],
    });
  });

  it.each([
    [
      'a quote holds spaces and commas together for one parser only',
      `{a='x y,b=2'}user/1 2`,
      { a: 'x y', b: '2' },
    ],
    ['a backslash before a comma is there for the second', `{a=x\\\\,y}user/1 2`, { a: 'x,y' }],
    ['another delimiter', '{^^:a=1:b=x,y}user/1 2', { a: '1', b: 'x,y' }],
    ['ultra-global ones', '<a=1>{b=2}user/1 2', { a: '1', b: '2' }],
    ['several sets', '{a=1}{b=2}user/1 2', { a: '1', b: '2' }],
  ])('%s', (_what, text, variables) => {
    expect(readOriginate(text).variables).toEqual(variables);
  });

  it.each([
    ['a brace ends the variables, quoted or not', `{a='}sofia/x/y,'}user/1 2`],
    ['a comma, a bar and :_: make other calls', 'user/1,user/2|user/3:_:user/4 2'],
  ])('%s', (_what, text) => {
    expect(readOriginate(text).endpoints.length).toBeGreaterThan(1);
  });

  it('escapes of cleanup_separated_string', () => {
    expect(separate(String.raw`a\,b,c\'d,e\nf, 'g ' `, ',', 9)).toEqual(['a,b', "c'd", 'e\nf', 'g ']);
  });
});
