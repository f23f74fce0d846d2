import { framePost } from './frame-post';

/** The sample of settings/oauth/simple-way.md. */
const opened = {
  DOMAIN: 'portal.bitrix24.com',
  PROTOCOL: '1',
  LANG: 'en',
  APP_SID: 'dd8cec11e347088fe87c44870a9f1dba',
  AUTH_ID: 'ahodg4h37n89vo17gbkgq0x1l825nnb5',
  AUTH_EXPIRES: '3600',
  REFRESH_ID: '2lg086mxijlpvwh0h7r4nl19udm4try5',
  SERVER_ENDPOINT: 'https://oauth.bitrix.info/rest/',
  APPLICATION_TOKEN: 'ec1b2074a9d3f5c81b6e40d27a95cf38',
  APPLICATION_SCOPE: 'crm,entity,im,task',
  member_id: 'a223c6b3710f85df22e9377d6c4f7553',
  status: 'F',
  PLACEMENT: 'DEFAULT',
};

describe('what the portal posts into a frame', () => {
  it('is read as the page shows it', () => {
    expect(framePost.parse(opened)).toEqual({
      ...opened,
      PROTOCOL: 'https',
      AUTH_EXPIRES: 3600,
      APPLICATION_SCOPE: ['crm', 'entity', 'im', 'task'],
      PLACEMENT_OPTIONS: null,
    });
  });

  it('comes from older portals with less', () => {
    const { member_id, AUTH_ID, DOMAIN } = opened;
    expect(framePost.parse({ member_id, AUTH_ID, DOMAIN, PROTOCOL: '0' })).toMatchObject({
      PROTOCOL: 'http',
      SERVER_ENDPOINT: null,
      APPLICATION_TOKEN: null,
      APPLICATION_SCOPE: [],
    });
  });

  it.each([
    ['{"ID":"5","URI":"/crm/"}', { ID: '5', URI: '/crm/' }],
    ['[]', {}],
    ['{"ID":', null],
    ['"text"', null],
    ['', null],
  ])('has the placement options %p', (text, options) =>
    expect(framePost.parse({ ...opened, PLACEMENT_OPTIONS: text }).PLACEMENT_OPTIONS).toEqual(options),
  );

  it('keeps what nobody has heard of', () => {
    expect(framePost.parse({ ...opened, NEW: 'x' })).toMatchObject({ NEW: 'x' });
  });

  it.each(['member_id', 'AUTH_ID'])('is worth nothing without %s', (field) =>
    expect(framePost.safeParse({ ...opened, [field]: '' }).success).toBe(false),
  );
});
