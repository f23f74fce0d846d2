import { AddressGuard } from '@app/bitrix24';
import { doorAddresses } from './door-addresses';
import { placeOf } from './portal-place';

const guard = new AddressGuard({ allow: ['portal.lan:8443', 'http://127.0.0.1:*', 'http://10.0.0.5:8080'] });

describe('where a portal says it is', () => {
  it.each([
    ['https://acme.bitrix24.com/rest/', 'https://acme.bitrix24.com/rest/', 'acme.bitrix24.com'],
    ['HTTPS://Acme.Bitrix24.COM:443/rest/', 'https://acme.bitrix24.com/rest/', 'acme.bitrix24.com'],
    ['https://portal.lan:8443/rest/', 'https://portal.lan:8443/rest/', 'portal.lan'],
    ['http://127.0.0.1:4000/rest/', 'http://127.0.0.1:4000/rest/', '127.0.0.1'],
  ])('%s', (told, endpoint, domain) => {
    expect(placeOf(told, guard)).toEqual({ endpoint, domain });
  });

  it.each([
    'acme.bitrix24.com',
    'http://acme.bitrix24.com/rest/',
    'https://10.0.0.1/rest/',
    'https://169.254.169.254/latest/',
    'https://acme.bitrix24.com:8443/rest/',
    'https://acme.bitrix24.com@10.0.0.1/rest/',
    // Allowed by name, but tokens would go in the clear.
    'http://10.0.0.5:8080/rest/',
  ])('%s is no place for tokens', (told) => {
    expect(placeOf(told, guard)).toBeUndefined();
  });
});

it('an application has three addresses, which hold its key', () => {
  expect(doorAddresses('https://connector.example.com', 'k-1_2')).toEqual({
    install: 'https://connector.example.com/bitrix24/k-1_2/install',
    app: 'https://connector.example.com/bitrix24/k-1_2/app',
    events: 'https://connector.example.com/bitrix24/k-1_2/events',
  });
});
