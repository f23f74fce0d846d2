import { decodeBody } from './decode-body';

const FORM = 'application/x-www-form-urlencoded';
const decode = (body: string | Uint8Array, type: string | undefined = FORM) =>
  decodeBody(Buffer.from(body), type);

describe('a form of Bitrix24', () => {
  it('is nested by brackets, as PHP does it', () => {
    expect(decode('event=X&data[QUERY][a]=1&data[rows][0][x]=1&data[rows][1][x]=2')).toEqual({
      event: 'X',
      data: { QUERY: { a: '1' }, rows: [{ x: '1' }, { x: '2' }] },
    });
  });

  it.each([
    ['a[0]=x&a[1]=y', ['x', 'y']],
    ['a[]=x&a[]=y', ['x', 'y']],
    ['a[]=x', ['x']],
    ['a[0][]=x&a[0][]=y', [['x', 'y']]],
    ['a[0][0]=x&a[0][1]=y', [['x', 'y']]],
    ['a[1]=x', { 1: 'x' }],
    ['a[0]=x&a[b]=y', { 0: 'x', b: 'y' }],
    ['a[39][ID]=1', { 39: { ID: '1' } }],
    ['a[4294967295]=1', { 4294967295: '1' }],
  ])('has lists and ids as PHP has them: %s', (body, a) => {
    expect(decode(body)).toEqual({ a });
  });

  it('may have its brackets and its text encoded', () => {
    expect(decode('auth%5Bmember_id%5D=a+b%26c&text=%D0%90')).toEqual({
      auth: { member_id: 'a b&c' },
      text: 'А',
    });
  });

  it('has everything as text', () => {
    expect(decode('ts=1773236988&empty=&flag')).toEqual({ ts: '1773236988', empty: '', flag: '' });
  });

  it('makes a list of a field that comes twice, and of a field that is text and map at once', () => {
    expect(decode('a=1&a=2&b=1&b[c]=2')).toEqual({ a: ['1', '2'], b: ['1', { c: '2' }] });
  });

  it('keeps fields that are called like those of every object, and drops the prototype', () => {
    const tree = decode('data[constructor]=x&data[toString]=y&__proto__[evil]=1&data[__proto__][evil]=1');
    expect(Object.entries(tree['data'] as object)).toEqual([
      ['constructor', 'x'],
      ['toString', 'y'],
    ]);
    expect('evil' in tree).toBe(false);
  });

  it('has no character that Postgres does not take', () => {
    expect(decode('a%00b=c%00d')).toEqual({ 'a\ufffdb': 'c\ufffdd' });
    expect(decode('{"a":"\\ud800b"}', 'application/json')).toEqual({ a: '\ufffdb' });
  });

  it.each([
    ['a[b][c][d][e][f][g][h]=1', undefined],
    [`a${'[b]'.repeat(9)}=1`, 'too many'],
    [Array.from({ length: 1_000 }, (_, n) => `f${n}=1`).join('&'), undefined],
    [Array.from({ length: 1_001 }, (_, n) => `f${n}=1`).join('&'), 'too many'],
    [Array.from({ length: 1_001 }, () => 'a[]=1').join('&'), 'too many'],
    [Uint8Array.of(0x61, 0x3d, 0xff), 'not UTF-8'],
  ])('keeps to its limits: %.30s', (body, refused) => {
    if (refused === undefined) expect(() => decode(body)).not.toThrow();
    else expect(() => decode(body)).toThrow(refused);
  });
});

describe('JSON', () => {
  it('is taken with its types', () => {
    expect(decode('{"ts":1,"data":{"on":true,"none":null}}', 'application/json; charset="UTF-8"')).toEqual({
      ts: 1,
      data: { on: true, none: null },
    });
  });

  it.each([
    ['{', 'not JSON'],
    ['"text"', 'not a JSON object'],
    ['[{}]', 'not a JSON object'],
    ['null', 'not a JSON object'],
    [`{"a":${'['.repeat(8)}${']'.repeat(8)}}`, 'nested too deep'],
    [`{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`, 'nested too deep'],
  ])('keeps to its limits: %.30s', (body, refused) => {
    expect(() => decode(body, 'application/json')).toThrow(refused);
  });

  it('is not taken where only forms are', () => {
    expect(() => decodeBody(Buffer.from('{}'), 'application/json', ['form'])).toThrow('wrong-content-type');
  });
});

it.each([
  [undefined],
  [''],
  ['text/plain'],
  ['application/x-www-form-urlencoded-not'],
  ['application/x-www-form-urlencoded; charset=windows-1251'],
  ['multipart/form-data; boundary=x'],
])('a body of type %s is not read', (type) => {
  expect(() => decodeBody(Buffer.from('a=1'), type)).toThrow('wrong-content-type');
});
