import type { TestCall } from '../../testing/test-call';
import type { ShippedStage } from '../shipped-stage';
import { answered, dialTone, DID, keysTransfer, type ShippedScript } from './from-outside';

const isBridge = 'CHANNEL_BRIDGE';

/** 1003 talks with 1002. */
async function colleaguesTalk(stage: ShippedStage): Promise<{ call: TestCall; other: TestCall }> {
  const [caller, called] = [await stage.phone('1003'), await stage.phone('1002')];
  const rings = called.incoming();
  const call = await caller.call('1002');
  const other = await rings;
  other.answer();
  await call.status(200);
  await stage.event(isBridge);
  await stage.talk();
  return { call, other };
}

/** 1001, who may, listens in on them. */
async function listensIn(stage: ShippedStage): Promise<TestCall> {
  const listening = await (await stage.phone('1001')).call('*221002');
  await listening.status(200);
  await stage.event('CHANNEL_EXECUTE', (event) => event['Application'] === 'eavesdrop');
  await stage.talk();
  return listening;
}

function dialsInVain(user: string, number: string, status: number): ShippedScript {
  return async (stage) => {
    await (await (await stage.phone(user)).call(number)).status(status);
  };
}

/** What phones can do by dialling, and by keys in a talk. */
export const FEATURES: Readonly<Record<string, ShippedScript>> = {
  'a call is picked up': async (stage) => {
    const [phone, taker] = [await stage.phone('1001'), await stage.phone('1002')];
    const rings = phone.incoming();
    const call = await stage.callIn(DID.employee);
    const ringing = await rings;
    ringing.ring();
    await call.status(180);
    const taking = await taker.call('**1001');
    await taking.status(200);
    await call.status(200);
    await ringing.ended();
    await stage.event(isBridge);
    await stage.talk();
    call.hangUp();
    await taking.ended();
  },
  'a pick-up where nothing rings': dialsInVain('1002', '**1008', 404),
  'a call of a group is picked up': async (stage) => {
    const rings = (await stage.phone('1001')).incoming();
    const taker = await stage.phone('1004');
    const call = await stage.callIn(DID.sales);
    const ringing = await rings;
    ringing.ring();
    await call.status(180);
    const taking = await taker.call('**1001');
    await taking.status(200);
    await ringing.ended();
    await stage.event(isBridge);
    await stage.talk();
    call.hangUp();
    await taking.ended();
  },
  'a talk is not picked up': async (stage) => {
    const { call, agent } = await answered(stage);
    await (await (await stage.phone('1002')).call('**1001')).status(404);
    call.hangUp();
    await agent.ended();
  },
  'listening in, and hanging up': async (stage) => {
    const { call, other } = await colleaguesTalk(stage);
    const listening = await listensIn(stage);
    listening.hangUp();
    await stage.event('CHANNEL_DESTROY');
    call.hangUp();
    await other.ended();
  },
  'listening in to the end of the talk': async (stage) => {
    const { call, other } = await colleaguesTalk(stage);
    const listening = await listensIn(stage);
    listening.media.press('1');
    await stage.event('DTMF');
    call.hangUp();
    await Promise.all([other.ended(), listening.ended()]);
  },
  'listening in where nobody talks': async (stage) => {
    await (await (await stage.phone('1001')).call('*221008')).ended();
  },
  'listening in is not for everybody': dialsInVain('1002', '*221001', 404),
  'the keys *1 transfer at once': async (stage) => {
    const { call, agent } = await answered(stage);
    await keysTransfer(stage, agent, call);
  },
  'the keys *1 without a number': async (stage) => {
    const { call, agent } = await answered(stage);
    await dialTone(stage, agent, '*1');
    agent.media.press('#');
    await stage.event('CHANNEL_EXECUTE_COMPLETE', (event) => event['Application'] === 'execute_extension');
    await stage.talk();
    call.hangUp();
    await agent.ended();
  },
  'the keys *4 ask first': async (stage) => {
    const { call, agent } = await answered(stage);
    const rings = (await stage.phone('1002')).incoming();
    await dialTone(stage, agent, '*4');
    agent.media.press('1002');
    const second = await rings;
    second.ring();
    second.answer();
    await stage.event(isBridge, () => true, 2);
    await stage.talk();
    agent.hangUp();
    await stage.event(isBridge, () => true, 3);
    await stage.talk();
    call.hangUp();
    await second.ended();
  },
  'the keys *4: the colleague declines': async (stage) => {
    const { call, agent } = await answered(stage);
    const rings = (await stage.phone('1002')).incoming();
    await dialTone(stage, agent, '*4');
    agent.media.press('1002');
    (await rings).refuse('603 Decline');
    await stage.event('CHANNEL_EXECUTE_COMPLETE', (event) => event['Application'] === 'att_xfer');
    await stage.talk();
    call.hangUp();
    await agent.ended();
  },
  'the keys *4: hung up while the colleague rings': async (stage) => {
    const { call, agent } = await answered(stage);
    const rings = (await stage.phone('1002')).incoming();
    await dialTone(stage, agent, '*4');
    agent.media.press('1002');
    const second = await rings;
    second.ring();
    await stage.event('CHANNEL_PROGRESS', ({ 'Call-Direction': way }) => way === 'outbound', 2);
    agent.hangUp();
    await stage.event('CHANNEL_HANGUP_COMPLETE');
    second.answer();
    await stage.event(isBridge, () => true, 2);
    await stage.talk();
    call.hangUp();
    await second.ended();
  },
  'the keys *4: # while the colleague rings': async (stage) => {
    const { call, agent } = await answered(stage);
    const rings = (await stage.phone('1002')).incoming();
    await dialTone(stage, agent, '*4');
    agent.media.press('1002');
    const second = await rings;
    second.ring();
    await stage.event('CHANNEL_PROGRESS', ({ 'Call-Direction': way }) => way === 'outbound', 2);
    agent.media.press('#');
    await second.ended();
    await stage.event('CHANNEL_EXECUTE_COMPLETE', (event) => event['Application'] === 'att_xfer');
    await stage.talk();
    call.hangUp();
    await agent.ended();
  },
  'the keys *4: back to the client with #': async (stage) => {
    const { call, agent } = await answered(stage);
    const rings = (await stage.phone('1002')).incoming();
    await dialTone(stage, agent, '*4');
    agent.media.press('1002');
    const second = await rings;
    second.answer();
    await stage.event(isBridge, () => true, 2);
    await stage.talk();
    agent.media.press('#');
    await second.ended();
    await stage.event('CHANNEL_EXECUTE_COMPLETE', (event) => event['Application'] === 'att_xfer');
    await stage.talk();
    call.hangUp();
    await agent.ended();
  },
};
