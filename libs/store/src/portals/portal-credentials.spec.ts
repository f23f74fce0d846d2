import { StoreError } from '../store-error';
import { TEST_SECRETS } from '../testing/test-store';
import { closeCredentials, openCredentials, placeOf } from './portal-credentials';

describe('credentials', () => {
  const credentials = {
    accessToken: 'secret-access',
    refreshToken: 'secret-refresh',
    expiresAt: 1_795_000_000_000,
    serverEndpoint: 'https://oauth.bitrix.info/rest/',
  };

  it('come out as they went in, and are not to be seen between', () => {
    const closed = closeCredentials(TEST_SECRETS, 'acme', credentials);
    expect(closed).not.toContain('secret');
    expect(openCredentials(TEST_SECRETS, 'acme', closed)).toEqual(credentials);
  });

  it('open for their own portal only', () => {
    const closed = closeCredentials(TEST_SECRETS, 'acme', credentials);
    expect(() => openCredentials(TEST_SECRETS, 'globex', closed)).toThrow('portal.credentials of globex was');
  });

  it('need an access token', () => {
    expect(() => closeCredentials(TEST_SECRETS, 'acme', { accessToken: '' })).toThrow(StoreError);
  });

  it.each(['', 'secret-access', '{"accessToken":"secret-access","more":1}'])(
    '%j in a seal are refused without a word of them',
    (text) => {
      const open = () => openCredentials(TEST_SECRETS, 'acme', TEST_SECRETS.seal(placeOf('acme'), text));
      expect(open).toThrow(StoreError);
      expect(open).not.toThrow(/secret/);
    },
  );
});
