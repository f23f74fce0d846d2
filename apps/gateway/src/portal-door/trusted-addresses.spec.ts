import { AddressGuard } from '@app/bitrix24';
import { claimedPortalOrigin, oauthServerOf, portalOriginOf } from './trusted-addresses';

describe('the OAuth server of a claim', () => {
  it.each([
    ['https://oauth.bitrix.info/rest/', 'https://oauth.bitrix.info'],
    ['https://oauth.bitrix24.tech/rest/', 'https://oauth.bitrix24.tech'],
    ['HTTPS://OAUTH.BITRIX.INFO:443/', 'https://oauth.bitrix.info'],
    [undefined, 'https://oauth.bitrix.info'],
  ])('%s is pinned', (claimed, origin) => {
    expect(oauthServerOf(claimed)).toBe(origin);
  });

  it.each([
    'https://oauth.bitrix.info.evil.example/',
    'https://evil.example/oauth.bitrix.info',
    'https://oauth.bitrix.info@evil.example/',
    'https://user@oauth.bitrix.info/',
    'https://oauth.bitrix.info.:443/',
    'https://oauth.bitrix.info%00.evil.example/',
    'http://oauth.bitrix.info/',
    '//oauth.bitrix.info/',
    'data:text/plain,https://oauth.bitrix.info',
    '',
  ])('%j is not', (claimed) => {
    expect(() => oauthServerOf(claimed)).toThrow('oauth-server-not-pinned');
  });

  it('may be allowed by the settings', () => {
    expect(oauthServerOf('http://127.0.0.1:4000/rest/', ['http://127.0.0.1:4000'])).toBe(
      'http://127.0.0.1:4000',
    );
    expect(() => oauthServerOf('http://127.0.0.1:4001/rest/', ['http://127.0.0.1:4000'])).toThrow();
  });
});

describe('the address of a portal', () => {
  const guard = new AddressGuard();

  it.each([
    ['https://acme.bitrix24.com/rest/', 'https://acme.bitrix24.com'],
    ['https://фирма.рф/rest/', 'https://xn--80apmps.xn--p1ai'],
  ])('%s is public', (endpoint, origin) => {
    expect(portalOriginOf(endpoint, guard)).toBe(origin);
  });

  it.each([
    'http://acme.bitrix24.com/rest/',
    'https://acme.bitrix24.com:8443/rest/',
    'https://10.0.0.5/rest/',
    'https://0x7f000001/rest/',
    'https://2130706433/rest/',
    'https://[::1]/rest/',
    'https://[::ffff:10.0.0.5]/rest/',
    'https://acme.bitrix24.com@10.0.0.5/rest/',
    "https://acme.bitrix24.com;script-src'*'/rest/",
    'gopher://acme.bitrix24.com/',
    'acme.bitrix24.com',
  ])('%s is not', (endpoint) => {
    expect(() => portalOriginOf(endpoint, guard)).toThrow('portal-address-refused');
  });

  it('may be allowed by the settings', () => {
    const own = new AddressGuard({ allow: ['http://10.0.0.5:8080'] });
    expect(portalOriginOf('http://10.0.0.5:8080/rest/', own)).toBe('http://10.0.0.5:8080');
  });
});

describe('the portal that a frame claims to be in', () => {
  const guard = new AddressGuard({ allow: ['http://10.0.0.5:8080'] });

  it.each([
    ['acme.bitrix24.com', 'https://acme.bitrix24.com'],
    ['10.0.0.5:8080', 'http://10.0.0.5:8080'],
    ['10.0.0.6:8080', undefined],
    ['10.0.0.5:99999', undefined],
    ['acme.bitrix24.com; script-src *', undefined],
    ["'none'", undefined],
    [['acme.bitrix24.com'], undefined],
    [undefined, undefined],
  ])('%j is %s', (domain, origin) => {
    expect(claimedPortalOrigin(domain, guard)).toBe(origin);
  });
});
