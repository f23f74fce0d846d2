import { PortalClient, Secret, type OAuthTokens } from '@app/bitrix24';
import { AskPortal } from './ask-portal';

const tokens: OAuthTokens = {
  accessToken: new Secret('access'),
  refreshToken: new Secret('refresh'),
  expiresAt: 0,
  clientEndpoint: 'https://acme.bitrix24.com/rest/',
  serverEndpoint: 'https://oauth.bitrix.info/rest/',
  memberId: 'm',
  scope: [],
  status: 'L',
};

/** A portal that answers these two methods. */
function portalThat(answers: { readonly profile: unknown; readonly 'app.info': unknown }): AskPortal {
  const fetch = (input: string | URL | Request) => {
    const method = new URL(input instanceof Request ? input.url : input).pathname.replace(
      /^\/rest\/|\.json$/g,
      '',
    );
    const result = method === 'profile' ? answers.profile : answers['app.info'];
    return Promise.resolve(Response.json({ result, time: {} }));
  };
  return new AskPortal(new PortalClient({ fetch, userAgent: 'test/1', timeoutMs: 1_000 }));
}

describe('a portal that is asked whose token it is', () => {
  it.each([
    ['an administrator', { ID: '1', ADMIN: true }, { INSTALLED: false }, [1, true, false]],
    ['an employee', { ID: '7', ADMIN: false }, { INSTALLED: true }, [7, false, true]],
    ['somebody of whom it says nothing more', { ID: '7' }, { INSTALLED: true }, [7, false, true]],
    ['somebody who was dismissed', [], { INSTALLED: true }, [0, false, true]],
    [
      'an administrator, and nothing of the installation',
      { ID: '1', ADMIN: true },
      { ID: 3 },
      [1, true, true],
    ],
  ])('knows %s', async (_, profile, appInfo, [userId, isAdmin, isInstallFinished]) => {
    const owner = await portalThat({ profile, 'app.info': appInfo }).ownerOf(tokens);
    expect(owner).toEqual({ userId, isAdmin, isInstallFinished });
  });

  it('may have no answer', async () => {
    const client = new PortalClient({
      fetch: () => Promise.resolve(new Response('<html>', { status: 502 })),
      userAgent: 'test/1',
      timeoutMs: 1_000,
    });
    await expect(new AskPortal(client).ownerOf(tokens)).rejects.toMatchObject({ name: 'PortalError' });
  });
});
