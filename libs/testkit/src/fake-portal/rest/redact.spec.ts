import { redacted } from './redact';

describe('what is shown', () => {
  it.each([
    [
      { auth: 'a', PHONE_NUMBER: '+1' },
      { auth: '***', PHONE_NUMBER: '+1' },
    ],
    [
      { nested: [{ refresh_token: 'a', AUTH_ID: 'b' }] },
      { nested: [{ refresh_token: '***', AUTH_ID: '***' }] },
    ],
    [
      'https://acme.example/rest/upload.json?auth=a1&token=telephony|b2',
      'https://acme.example/rest/upload.json?auth=***&token=***',
    ],
    ['user.get?start=0&auth=a1', 'user.get?start=0&auth=***'],
    ['client_secret=a1&client_id=b', 'client_secret=***&client_id=b'],
    ['x%3Fauth%3Da1%26y', 'x%3Fauth%3D***%26y'],
    ['the author is known', 'the author is known'],
    [null, null],
    [7, 7],
  ])('has no token in it: %j', (value, shown) => {
    expect(redacted(value)).toEqual(shown);
  });
});
