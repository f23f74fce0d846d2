import { checkRouteSettings, readRouteSettings, type SettingMistake } from './route-settings';
import { routePlanOf } from './route-plan-of';

function mistakes(settings: unknown): readonly SettingMistake[] {
  const read = checkRouteSettings(settings);
  return read.ok ? [] : read.mistakes;
}

describe('settings of a route', () => {
  it('need no more than who rings', () => {
    const plan = routePlanOf(
      readRouteSettings({ strategy: 'sequential', members: [1001, { extension: 1002, seconds: 7 }] }),
    );
    expect(plan).toEqual({
      strategy: 'sequential',
      members: [{ extension: '1001' }, { extension: '1002', seconds: 7 }],
      queue: 'simultaneous',
      seconds: { step: 5, together: 20, responsible: 15, forward: 30, total: 60, wait: 0 },
      whenClosed: { kind: 'fallback' },
      whenBusy: { kind: 'fallback' },
      whenUnanswered: { kind: 'fallback' },
    });
  });

  it('read working hours and destinations as they are written', () => {
    const plan = routePlanOf(
      readRouteSettings({
        strategy: 'external-forward',
        forwardTo: '+79161234567',
        hours: { timeZone: 'Europe/Moscow', open: [{ days: 'sat-mon, wed', from: '09:00', until: '24:00' }] },
        closed: 'announcement',
        busy: { hangUp: 'USER_BUSY' },
        overflow: { number: '+79160000000' },
      }),
    );
    expect(plan.hours?.open[0]?.days).toEqual([1, 6, 7, 3]);
    expect([plan.whenClosed, plan.whenBusy, plan.whenUnanswered]).toEqual([
      { kind: 'dialplan', to: 'announcement' },
      { kind: 'hang-up', cause: 'USER_BUSY' },
      { kind: 'number', number: '+79160000000' },
    ]);
  });

  it.each([
    [{ strategy: 'random' }, 'strategy'],
    [{ strategy: 'sequential' }, 'members'],
    [{ strategy: 'sequential', members: [1001, 1001] }, 'members'],
    [{ strategy: 'external-forward' }, 'forwardTo'],
    [{ strategy: 'external-forward', forwardTo: '89161234567' }, 'forwardTo'],
    [{ strategy: 'sequential', members: ['1001 XML default'] }, 'members.0'],
    [{ strategy: 'sequential', members: [1001], overflow: 'message XML public' }, 'overflow'],
    [{ strategy: 'sequential', members: [1001], waiting: { music: '/a b' } }, 'waiting.music'],
    [{ strategy: 'sequential', members: [1001], waiting: { position: '/p.wav' } }, 'waiting.position'],
    [{ strategy: 'sequential', members: [1001], hours: { timeZone: 'Moscow', open: [] } }, 'hours.timeZone'],
    [{ strategy: 'responsible-then-queue', client: { by: 'guess' } }, 'client.by'],
    [{ strategy: 'responsible-then-queue', client: { by: 'register', workday: true } }, 'client.workday'],
    [{ strategy: 'sequential', members: [1001], stepSeconds: 5 }, ''],
    ['sequential', ''],
  ])('say what is wrong and where: %j', (settings, path) => {
    expect(mistakes(settings).map((one) => one.path)).toContain(path);
  });

  it('say everything that is wrong at once, and what to write', () => {
    const wrong = mistakes({
      strategy: 'sequential',
      members: [1001],
      hours: {
        timeZone: 'Europe/Moscow',
        open: [{ days: 'Monday', from: '9:00', until: '18:00' }],
        holidays: ['1.1.27'],
      },
    });
    expect(wrong).toEqual([
      { path: 'hours.open.0.days', message: 'must be days like mon-fri, or sat, sun.' },
      { path: 'hours.open.0.from', message: 'must be a time in quotation marks, like "09:00".' },
      { path: 'hours.holidays.0', message: 'must be a date in quotation marks, like "2027-01-01".' },
    ]);
  });
});
