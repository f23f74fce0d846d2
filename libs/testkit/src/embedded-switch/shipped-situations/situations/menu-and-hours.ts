import type { TestCall } from '../../testing/test-call';
import type { ShippedStage } from '../shipped-stage';
import { answered, DID, type ShippedScript } from './from-outside';

const isBridge = 'CHANNEL_BRIDGE';

/** A client hears the menu. */
async function greeted(stage: ShippedStage): Promise<TestCall> {
  const call = await stage.callIn(DID.menu);
  await call.status(200);
  await stage.event('PLAYBACK_START');
  return call;
}

/** A client presses keys in the menu, and 1001 rings and answers. */
function chooses(keys: string): ShippedScript {
  return async (stage) => {
    const rings = (await stage.phone('1001')).incoming();
    const call = await greeted(stage);
    call.media.press(keys);
    const agent = await rings;
    agent.ring();
    agent.answer();
    await stage.event(isBridge);
    await stage.talk();
    call.hangUp();
    await agent.ended();
  };
}

const HOUR_MS = 3_600_000;
/** A Wednesday at noon, and a Sunday at noon. */
const [WORKING, CLOSED] = [Date.UTC(2025, 0, 1, 12), Date.UTC(2025, 0, 5, 12)];

/** The number with working hours, at another hour of the week than it is. */
async function callsAt(stage: ShippedStage, moment: number): Promise<{ call: TestCall; agent: TestCall }> {
  const { call, agent } = await answered(stage);
  const week = 7 * 24;
  const hours = Math.round((moment - Date.now()) / HOUR_MS) % week;
  const leg = stage.leg(0);
  await stage.esl.api(`uuid_setvar ${leg} tod_tz_offset ${hours}`);
  // else it would look for the number inside
  await stage.esl.api(`uuid_setvar ${leg} force_transfer_context`);
  await stage.esl.api(`uuid_transfer ${leg} ${DID.hours} XML public`);
  await agent.ended();
  return { call, agent };
}

export const MENU: Readonly<Record<string, ShippedScript>> = {
  'the menu: an extension is dialled': async (stage) => {
    const rings = (await stage.phone('1002')).incoming();
    const call = await stage.callIn(DID.menu);
    await call.status(200);
    await stage.event('PLAYBACK_START');
    call.media.press('1002');
    const agent = await rings;
    agent.ring();
    agent.answer();
    await stage.event('CHANNEL_BRIDGE');
    await stage.talk();
    call.hangUp();
    await agent.ended();
  },
  'the menu: 1 for sales': chooses('1#'),
  'the menu: 2 for support': chooses('2#'),
  'the menu: the client gives up': async (stage) => {
    const call = await greeted(stage);
    await stage.talk();
    call.hangUp();
  },
  'the menu: twice a wrong choice': async (stage) => {
    const rings = (await stage.phone('1001')).incoming();
    const call = await greeted(stage);
    call.media.press('9#');
    await stage.event('PLAYBACK_START', (event) => String(event['Playback-File-Path']).includes('523'), 2);
    call.media.press('9#');
    (await rings).refuse('486 Busy Here');
    await call.ended();
  },
  'in working hours': async (stage) => {
    const sales = await stage.phone('1002');
    const rings = sales.incoming();
    const { call } = await callsAt(stage, WORKING);
    (await rings).answer();
    await stage.event(isBridge, () => true, 2);
    await stage.talk();
    call.hangUp();
  },
  'out of working hours': async (stage) => {
    const { call } = await callsAt(stage, CLOSED);
    await stage.event('RECORD_START', (event) => String(event['Record-File-Path']).includes('-message'));
    await stage.talk();
    call.hangUp();
  },
};
