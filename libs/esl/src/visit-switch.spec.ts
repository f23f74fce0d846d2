import { ReplaySwitch } from '@app/testkit';
import { MINIMAL_SUBSCRIPTION } from './subscription';
import { visitSwitch, type SwitchVisit } from './visit-switch';

describe('a visit to a switch', () => {
  let fs: ReplaySwitch;
  beforeAll(async () => {
    fs = await ReplaySwitch.start({
      password: 'secret',
      users: {
        'connector@pbx': {
          password: 'small',
          allowedApi: ['global_getvar'],
          allowedEvents: ['BACKGROUND_JOB', 'HEARTBEAT'],
        },
      },
    });
  });
  afterAll(() => fs.stop());

  const visit = <T>(ask: (visit: SwitchVisit) => Promise<T>, way: object = { password: 'secret' }) =>
    visitSwitch({ host: fs.host, port: fs.port, password: '', timeoutMs: 5_000, ...way }, ask);

  it('asks, and leaves', async () => {
    const answers = await visit(async ({ api, subscribe, clock }) => {
      await subscribe(MINIMAL_SUBSCRIPTION);
      return { core: (await api('global_getvar', 'core_uuid')).trim(), clock: await clock() };
    });
    expect(answers.core).toBe(fs.coreUuid);
    expect(Math.abs(answers.clock - Date.now())).toBeLessThan(10_000);
  });

  it('is told what it may not do', async () => {
    const small = { user: 'connector@pbx', password: 'small' };
    await expect(visit(({ api }) => api('show', 'channels'), small)).rejects.toMatchObject({
      verdict: 'ask-a-person',
    });
    await expect(visit(({ subscribe }) => subscribe(MINIMAL_SUBSCRIPTION), small)).rejects.toMatchObject({
      verdict: 'ask-a-person',
    });
    await expect(visit(({ clock }) => clock(), small)).resolves.toBeGreaterThan(0);
  });

  it('ends at the door with a wrong password', async () => {
    const entered = jest.fn();
    await expect(visit(entered, { password: 'wrong' })).rejects.toMatchObject({ name: 'EslAuthError' });
    expect(entered).not.toHaveBeenCalled();
  });

  it('ends when nobody is there', async () => {
    const nowhere = { port: 1, password: 'secret' };
    await expect(visit(() => Promise.resolve(), nowhere)).rejects.toMatchObject({
      name: 'EslConnectionLostError',
    });
  });
});
