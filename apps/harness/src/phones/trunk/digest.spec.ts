import { DigestGuard, digestResponse, readDigest } from './digest';

it('computes what RFC 2617 shows in section 3.5', () => {
  const header =
    'Digest username="Mufasa", realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", ' +
    'uri="/dir/index.html", qop=auth, nc=00000001, cnonce="0a4f113b", opaque="5ccc069c403ebaf9f0171e9517f40e41"';
  const user = { username: 'Mufasa', password: 'Circle Of Life' };
  expect(digestResponse('GET', readDigest(header)!, user)).toBe('6629fae49393a05397450978507c4ef1');
});

it('tells the right password from a wrong one', () => {
  const guard = new DigestGuard('r', [{ username: 'u', password: 'p' }]);
  const nonce = readDigest(guard.challenge())!.get('nonce')!;
  const given = `username="u", realm="r", nonce="${nonce}", uri="sip:a"`;
  const header = (password: string): string => {
    const response = digestResponse('INVITE', readDigest(`Digest ${given}`)!, { username: 'u', password });
    return `Digest ${given}, response="${response}"`;
  };
  expect([guard.check('INVITE', header('p')), guard.check('INVITE', header('q'))]).toEqual([
    'right',
    'wrong',
  ]);
});

it('asks again for what is missing, old, or of another scheme', () => {
  const guard = new DigestGuard('r', [{ username: 'u', password: 'p' }]);
  expect(guard.check('INVITE', undefined)).toBe('missing');
  expect(guard.check('INVITE', 'Basic dTpw')).toBe('missing');
  expect(guard.check('INVITE', 'Digest username="u", nonce="of somebody else", response="x"')).toBe(
    'missing',
  );
});

it('reads quoted and bare parameters, whatever is in the quotes', () => {
  expect(Object.fromEntries(readDigest('digest a="x, y=\\"z", nc=00000001,b=c') ?? [])).toEqual({
    a: 'x, y="z',
    nc: '00000001',
    b: 'c',
  });
});
