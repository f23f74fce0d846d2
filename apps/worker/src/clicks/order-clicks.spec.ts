import type { ClickDecision, ClickFacts, ClickRequest } from '@app/calls';
import { portalEvents } from '@app/bitrix24/contract';
import { workerSettings } from '@app/config';
import { createLogger } from '@app/observability';
import type { KnownClick, StoredEvent } from '@app/store';
import { readPortalSettings } from '@app/store';
import { OrderClicks } from './order-clicks';

const NOW = Date.now();
const FACTS: ClickFacts = {
  phones: [{ switchId: 'main', extension: '1001' }],
  lines: [],
  colleagues: [],
  switches: ['main'],
  clicksOfUser: 0,
  clicksOfPortal: 0,
  callsOfUser: 0,
  standIns: [{ userId: 13, phones: [{ switchId: 'main', extension: '1013' }], calls: 0 }],
};
const EVENT: StoredEvent = {
  eventId: '7',
  portalId: 'acme',
  name: 'ONEXTERNALCALLSTART',
  ts: Math.floor(NOW / 1000),
  data: {},
  auth: {},
  receivedAt: NOW,
  state: 'stored',
  attempts: 1,
  source: 'online',
};
const settings = workerSettings({
  DATABASE_URL: 'postgres://localhost/x',
  QUEUE_URL: 'postgres://localhost/x',
  SECRET_KEYS: `a:${Buffer.alloc(32).toString('base64')}`,
  SWITCHES: '[{"id":"main"}]',
  CLICK_DENIED_PREFIXES: '+7809',
});

/** A worker's part in clicks; `facts` is what the store knows. */
function office(facts: Partial<ClickFacts> = {}, known?: KnownClick) {
  const logged: string[] = [];
  const bells: string[] = [];
  const asked: ClickRequest[] = [];
  const decide = (
    request: ClickRequest,
    _eventId: string | undefined,
    _now: number,
    judge: (facts: ClickFacts) => ClickDecision,
  ): Promise<KnownClick> => {
    asked.push(request);
    const decision = judge({ ...FACTS, ...facts });
    const [callId, switchId] = ['call-1', 'main'];
    if (decision.kind === 'order') return Promise.resolve({ callId, switchId, state: 'ordered' });
    const { trouble } = decision.refusal.click.ended ?? {};
    return Promise.resolve({ callId, switchId, state: 'refused', trouble });
  };
  const clicks = {
    decide,
    byEvent: () => Promise.resolve(known),
    clockSkew: () => Promise.resolve({ queueMs: 0, portalMs: 0 }),
  };
  const portals = { settingsOf: () => Promise.resolve(readPortalSettings({ defaultUserId: 1 })) };
  const orders = new OrderClicks(
    { clicks, portals },
    { find: () => Promise.resolve({ userId: 12, standIns: [13] }) },
    {
      dial: (switchId, callId) => Promise.resolve(void bells.push(`dial ${callId} on ${switchId}`)),
      file: (callId) => Promise.resolve(void bells.push(`file ${callId}`)),
    },
    { clicks: settings.clicks, defaultRegion: 'RU' },
    createLogger({ app: 'worker', level: 'warn', destination: { write: (line) => void logged.push(line) } }),
  );
  return { orders, logged, bells, asked };
}

const click = (number: string) =>
  portalEvents.ONEXTERNALCALLSTART.data.parse({
    PHONE_NUMBER: number,
    PHONE_NUMBER_INTERNATIONAL: number,
    USER_ID: '12',
    CALL_ID: `externalCall.0f.${Math.floor(NOW / 1000)}`,
    CALL_LIST_ID: '7',
    LINE_NUMBER: '74951234567',
    IS_MOBILE: '1',
    EXTENSION: '42',
    CRM_ENTITY_TYPE: 'LEAD',
    CRM_ENTITY_ID: '3',
  });
const form = portalEvents.ONEXTERNALCALLBACKSTART.data.parse({ PHONE_NUMBER: '+79161234567', TEXT: 'Soon' });

describe('a click that came', () => {
  it('is handed to the gateway of the switch, with all that the event says', async () => {
    const { orders, bells, asked, logged } = office();
    expect(await orders.click(click('+79161234567'), EVENT)).toEqual({
      kind: 'handled',
      note: 'ordered as call call-1',
    });
    expect(bells).toEqual(['dial call-1 on main']);
    expect(asked).toEqual([
      expect.objectContaining({
        userId: 12,
        callListId: 7,
        lineNumber: '74951234567',
        isMobile: true,
        extension: '42',
        crmEntity: { type: 'LEAD', id: 3 },
      }),
    ]);
    expect(logged).toEqual([]);
  });

  it('to a denied number is filed, and the number is logged', async () => {
    const { orders, bells, logged } = office();
    await orders.click(click('+78091234567'), EVENT);
    expect(bells).toEqual(['file call-1']);
    expect(logged.map((line) => JSON.parse(line) as unknown)).toEqual([
      expect.objectContaining({
        number: '+78091234567',
        trouble: 'not-allowed',
        userId: 12,
        portalId: 'acme',
      }),
    ]);
  });
});

describe('a callback that came', () => {
  it('names everybody who may be called', async () => {
    const { orders, asked, bells } = office({ phones: [] });
    await orders.callback(form, EVENT);
    expect(asked[0]).toMatchObject({ kind: 'callback', userId: 12, standIns: [13], text: 'Soon' });
    expect(bells).toEqual(['dial call-1 on main']);
  });

  it('twice is handed on again, and the CRM is not asked again', async () => {
    const { orders, asked, bells } = office({}, { callId: 'call-0', switchId: 'main', state: 'ordered' });
    await orders.callback(form, EVENT);
    expect([asked, bells]).toEqual([[], ['dial call-0 on main']]);
  });
});
