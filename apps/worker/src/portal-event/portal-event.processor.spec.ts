import type { Job } from 'bullmq';
import { createLogger } from '@app/observability';
import type { PortalEventJob } from '@app/queues';
import type { StoredEvent } from '@app/store';
import type { EventHandlers } from './event-handlers';
import { portalEventHandlers } from './portal-event-handlers';
import { PortalEventProcessor } from './portal-event.processor';

const CLICK = {
  PHONE_NUMBER: '+7',
  PHONE_NUMBER_INTERNATIONAL: '+7',
  USER_ID: '12',
  CALL_ID: 'externalCall.1',
};

/** The inbox with one event, and what was noted down about it. */
function inboxWith(event: Partial<StoredEvent> | undefined) {
  const marks: unknown[][] = [];
  const stored = event && {
    eventId: '7',
    portalId: 'portal-1',
    name: 'ONAPPTEST',
    data: {},
    auth: {},
    receivedAt: 0,
    state: 'stored' as const,
    attempts: 1,
    source: 'online' as const,
    ...event,
  };
  return {
    marks,
    take: () => Promise.resolve(stored),
    mark: (...mark: unknown[]) => Promise.resolve(void marks.push(mark)),
  };
}

const job = (attemptsMade = 0) =>
  ({ data: { eventId: '7' }, attemptsMade, opts: { attempts: 3 } }) as Job<PortalEventJob>;
const log = createLogger({ app: 'worker', level: 'silent' });

describe('an event of a portal', () => {
  const setUps: string[] = [];
  const asked: string[] = [];
  const note = (list: string[], what: string) => (portalId: string) =>
    Promise.resolve(void list.push(`${what}${portalId}`));
  const order = (data: { readonly PHONE_NUMBER: string }) =>
    Promise.resolve({ kind: 'handled' as const, note: `ordered ${data.PHONE_NUMBER}` });
  const handlers = portalEventHandlers({
    setUp: note(setUps, ''),
    missedEvents: note(asked, 'missed events of '),
    newUser: note(asked, 'new user of '),
    clicks: { click: order, callback: order },
  });
  beforeEach(() => [setUps, asked].forEach((list) => list.splice(0)));

  const marksAfter = async (event: Partial<StoredEvent> | undefined, some: EventHandlers = handlers) => {
    const inbox = inboxWith(event);
    await new PortalEventProcessor(inbox, some, log).process(job());
    return inbox.marks;
  };

  it.each([
    ['ONAPPTEST', undefined],
    ['ONAPPINSTALL', undefined],
    ['ONAPPUNINSTALL', undefined],
    ['ONSOMETHINGNEW', 'nobody here knows this event'],
  ])('%s is handled', async (name, note) => {
    expect(await marksAfter({ name })).toEqual([['7', 'handled', note]]);
    expect(setUps).toEqual([]);
  });

  it.each(['ONAPPUPDATE', 'ONAPPPAYMENT'])('%s has the portal set up', async (name) => {
    expect(await marksAfter({ name })).toEqual([['7', 'handled', 'the portal is set up again']]);
    expect(setUps).toEqual(['portal-1']);
  });

  it.each([
    ['ONEXTERNALCALLSTART', CLICK],
    ['ONEXTERNALCALLBACKSTART', { PHONE_NUMBER: '+7' }],
  ])('%s has somebody called', async (name, data) => {
    expect(await marksAfter({ name, data })).toEqual([['7', 'handled', 'ordered +7']]);
  });

  it.each([
    ['ONUSERADD', { ID: '42' }, 'the users are read again', 'new user of portal-1'],
    ['ONOFFLINEEVENT', {}, 'what the portal kept is fetched', 'missed events of portal-1'],
  ])('%s asks for what it tells of', async (name, data, said, ask) => {
    expect(await marksAfter({ name, data })).toEqual([['7', 'handled', said]]);
    expect([asked, setUps]).toEqual([[ask], []]);
  });

  it('that does not say what it should is never handled', async () => {
    const [[, state, reason] = []] = await marksAfter({ name: 'ONEXTERNALCALLSTART', data: { USER_ID: {} } });
    expect(state).toBe('failed');
    expect(reason).toContain('PHONE_NUMBER');
  });

  it.each([undefined, { state: 'handled' as const }, { state: 'waiting' as const, reason: 'x' }])(
    'that is gone or done with is left alone: %j',
    async (event) => {
      expect(await marksAfter(event)).toEqual([]);
    },
  );

  it('is tried again, and in the end marked as failed with the reason', async () => {
    const broken = { ...handlers, ONAPPTEST: () => Promise.reject(new Error('the portal is away')) };
    const inbox = inboxWith({});
    const processor = new PortalEventProcessor(inbox, broken, log);
    await expect(processor.process(job(0))).rejects.toThrow('the portal is away');
    await expect(processor.process(job(1))).rejects.toThrow('the portal is away');
    expect(inbox.marks).toEqual([]);
    await processor.process(job(2));
    expect(inbox.marks).toEqual([['7', 'failed', 'the portal is away']]);
  });
});
