import { PortalError, Secret, type PortalErrorKind } from '@app/bitrix24';
import { CallerRequests, NoRoomError } from './caller-requests';

const PORTAL = { endpoint: 'https://company.example/rest/', accessToken: new Secret('token') };

function asking(answer: () => Promise<unknown>, granted = true) {
  const troubles: unknown[] = [];
  const sessions = {
    // As PortalSessions: what is thrown may turn the portal red.
    with: <T>(_portalId: string, work: (portal: typeof PORTAL) => Promise<T>) =>
      work(PORTAL).catch((error: unknown) => {
        troubles.push(error);
        throw error;
      }),
  };
  const rate = {
    reserve: jest.fn(() => Promise.resolve(granted ? { granted } : { granted, retryAt: 1 })),
  };
  const call = jest.fn(answer);
  const requests = new CallerRequests(sessions, { call } as never, rate, 5_000);
  const ask = () => requests.ask('p', 'crm.item.get', { entityTypeId: 3, id: 101 });
  return { ask, call, troubles, rate };
}

const failing = (kind: PortalErrorKind) => () =>
  Promise.reject(
    new PortalError({ method: 'crm.item.get', kind, verdict: 'ask-a-person', code: 'X', description: '' }),
  );

describe('a request that a caller waits for', () => {
  it('goes among the cards', async () => {
    const { ask, rate } = asking(() => Promise.resolve({ result: { item: { id: 101 } } }));
    expect(await ask()).toEqual({ item: { id: 101 } });
    expect(rate.reserve).toHaveBeenCalledWith('p', expect.any(String), 'live-card', expect.any(Number));
  });

  it('is not sent when the portal takes no more', async () => {
    const { ask, call } = asking(() => Promise.resolve({}), false);
    await expect(ask()).rejects.toThrow(NoRoomError);
    expect(call).not.toHaveBeenCalled();
  });

  it.each(['method-not-found', 'access-denied'] as const)(
    'is refused with %s, and the portal files calls as before',
    async (kind) => {
      const { ask, troubles } = asking(failing(kind));
      await expect(ask()).rejects.toMatchObject({ kind });
      expect(troubles).toEqual([]);
    },
  );

  it('tells of a trouble that concerns all requests', async () => {
    const { ask, troubles } = asking(failing('blocked-by-vendor'));
    await expect(ask()).rejects.toMatchObject({ kind: 'blocked-by-vendor' });
    expect(troubles).toHaveLength(1);
  });
});
