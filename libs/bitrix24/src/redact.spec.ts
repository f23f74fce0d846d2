import { redact, redactText } from './redact';
import { Secret } from './secret';

const token = [new Secret('abc123')];

describe('what is kept of a request', () => {
  it('has no token under any of its names, at any depth', () => {
    const kept = redact(
      { auth: 'x1', a: [{ access_token: 'x2', REFRESH_ID: 'x3' }], client_secret: 'x4' },
      token,
    );
    expect(JSON.stringify(kept)).not.toMatch(/x\d/);
  });

  it('has no token inside an upload address', () => {
    const uploadUrl = 'https://company.bitrix24.com/rest/upload.json?auth=zzz&token=telephony|yyy';
    expect(redactText(uploadUrl, token)).toBe(
      'https://company.bitrix24.com/rest/upload.json?auth=[secret]&token=[secret]',
    );
  });

  it('has no password of a recording address', () => {
    expect(redactText('https://user:pass@pbx.example/a.mp3', token)).toBe(
      'https://[secret]@pbx.example/a.mp3',
    );
  });

  it('has no token that the portal quotes', () => {
    expect(redact('token abc123 is wrong', token)).toBe('token [secret] is wrong');
  });

  it('has no secret that an OAuth server quotes, in either spelling', () => {
    const secrets = [new Secret('s3cret/+='), new Secret('r3fresh'), new Secret('')];
    expect(redactText('client s3cret/+= or s3cret%2F%2B%3D, token r3fresh', secrets)).toBe(
      'client [secret] or [secret], token [secret]',
    );
    expect(redactText('GET /oauth/token/?a=1&client_secret=x&refresh_token=y&code=z')).not.toMatch(/[xyz]$/);
  });

  it('has what an event says of its portal, without its tokens', () => {
    const auth = { member_id: 'm1', application_token: 't1', access_token: 't2', refresh_token: 't3' };
    expect(redact({ auth })).toEqual({
      auth: {
        member_id: 'm1',
        application_token: '[secret]',
        access_token: '[secret]',
        refresh_token: '[secret]',
      },
    });
  });

  it.each([
    ['QUJD', '[3 bytes]'],
    ['QUI=', '[2 bytes]'],
    ['QQ==', '[1 bytes]'],
    ['', '[0 bytes]'],
  ])('has the size of the file %p instead of the file', (content, size) => {
    expect(redact({ FILE_CONTENT: content }, token)).toEqual({ FILE_CONTENT: size });
  });

  it('has what explains the call', () => {
    const params = { PHONE_NUMBER: '+19062195047', USER_ID: [1, 2], TYPE: 2, SHOW: false, VOTE: null };
    expect(redact(params, token)).toEqual(params);
  });

  it('ends at a depth', () => {
    const deep: Record<string, unknown> = {};
    deep.self = deep;
    expect(JSON.stringify(redact(deep, token))).toContain('[too deep]');
  });
});
