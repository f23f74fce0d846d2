import { readRouteSettings, type RoutedLine } from '@app/store';
import { FindResponsible } from './find-responsible';
import type { ResponsibleUser } from './client-search';

const NUMBER = '+79161234567';

function line(client: Readonly<Record<string, unknown>> = {}): RoutedLine {
  const settings = readRouteSettings({ strategy: 'responsible-then-queue', members: [1001], client });
  return {
    portalId: 'portal',
    did: '74951234571',
    lineNumber: 'sales',
    settings,
    plan: { strategy: settings.strategy } as RoutedLine['plan'],
    extensions: [{ userId: 12, extension: '1002' }],
  };
}

function finding(
  answer: () => Promise<ResponsibleUser | undefined>,
  { last, now = () => 0 }: { last?: string; now?: () => number } = {},
) {
  const search = { responsibleFor: jest.fn(answer) };
  const register = { responsibleFor: jest.fn(answer) };
  const routes = { lastManager: jest.fn(() => Promise.resolve(last)) };
  const log = { warn: jest.fn() };
  const find = new FindResponsible({ search, register }, routes, log, now);
  return { search, register, routes, find };
}

const caller = () => ({
  switchId: 'main',
  number: NUMBER,
  registerAtOnce: () => undefined,
  call: () => undefined,
});
const hidden = { ...caller(), number: undefined };

const boris = () => Promise.resolve({ userId: 12, isOffDuty: true });

describe('who is responsible for a caller', () => {
  it('is whom the CRM names, by his extension on this switch', async () => {
    const { find, search } = finding(boris);
    const found = await find.of(line(), caller());
    expect(found).toEqual({ client: 'known', responsible: { extension: '1002', isOffDuty: false } });
    expect(search.responsibleFor).toHaveBeenCalledWith('portal', expect.objectContaining({ number: NUMBER }));
  });

  it('is asked for by the registration of the call, where the line wants that', async () => {
    const { find, search, register } = finding(boris);
    const found = await find.of(line({ by: 'register' }), caller());
    expect(found).toMatchObject({ client: 'known', responsible: { extension: '1002' } });
    expect(register.responsibleFor).toHaveBeenCalledTimes(1);
    expect(search.responsibleFor).not.toHaveBeenCalled();
  });

  it('is off duty by his working day, where the line cares', async () => {
    const found = await finding(boris).find.of(line({ workday: true }), caller());
    expect(found.responsible).toEqual({ extension: '1002', isOffDuty: true });
  });

  it('is nobody for a stranger, for a manager without a phone, and where nobody is to be asked', async () => {
    const stranger = finding(() => Promise.resolve(undefined)).find;
    expect(await stranger.of(line(), caller())).toEqual({ client: 'unknown' });
    const homeless = finding(() => Promise.resolve({ userId: 99, isOffDuty: false })).find;
    expect(await homeless.of(line(), caller())).toEqual({ client: 'known' });
    const { find, search } = finding(boris);
    expect(await find.of(line(), hidden)).toEqual({ client: 'not-asked' });
    const queue = { ...line(), settings: readRouteSettings({ strategy: 'simultaneous', members: [1001] }) };
    expect(await find.of(queue, caller())).toEqual({ client: 'not-asked' });
    expect(search.responsibleFor).not.toHaveBeenCalled();
  });

  it('is not waited for longer than the line says; the answer counts for his next call', async () => {
    let answer: (user: ResponsibleUser) => void = () => undefined;
    const { find, search } = finding(() => new Promise((resolve) => (answer = resolve)));
    expect(await find.of(line({ withinMs: 100 }), caller())).toEqual({ client: 'too-slow' });
    answer({ userId: 12, isOffDuty: false });
    expect(await find.of(line({ withinMs: 100 }), caller())).toMatchObject({ client: 'known' });
    expect(search.responsibleFor).toHaveBeenCalledTimes(1);
  });

  it('is nobody when the portal fails, which is not remembered', async () => {
    const { find, search } = finding(() => Promise.reject(new Error('503')));
    expect(await find.of(line(), caller())).toEqual({ client: 'failed' });
    await find.of(line(), caller());
    expect(search.responsibleFor).toHaveBeenCalledTimes(2);
  });

  it('is asked anew when the answer is old', async () => {
    let now = 0;
    const { find, search } = finding(boris, { now: () => now });
    await find.of(line({ rememberSeconds: 30 }), caller());
    now = 30_001;
    await find.of(line({ rememberSeconds: 30 }), caller());
    expect(search.responsibleFor).toHaveBeenCalledTimes(2);
  });

  it('is who talked with him last, where the line wants that, without asking the portal', async () => {
    const { find, search, routes } = finding(boris, { last: '1007' });
    const found = await find.of(line({ lastManagerDays: 14 }), caller());
    expect(found.responsible?.extension).toBe('1007');
    expect(routes.lastManager).toHaveBeenCalledWith('main', [NUMBER, NUMBER.slice(1)], 14);
    expect(search.responsibleFor).not.toHaveBeenCalled();
  });
});
