import { answered, DID, type ShippedScript } from './from-outside';

const isBridge = 'CHANNEL_BRIDGE';

export const IN_THE_HOUSE: Readonly<Record<string, ShippedScript>> = {
  'a colleague is answered': async (stage) => {
    const [caller, called] = [await stage.phone('1001'), await stage.phone('1002')];
    const rings = called.incoming();
    const call = await caller.call('1002');
    const other = await rings;
    other.ring();
    await call.status(180);
    other.answer();
    await call.status(200);
    await stage.event(isBridge);
    await stage.talk();
    call.hangUp();
    await other.ended();
  },
  'a colleague is busy': async (stage) => {
    const [caller, called] = [await stage.phone('1001'), await stage.phone('1002')];
    const rings = called.incoming();
    const call = await caller.call('1002');
    (await rings).refuse('486 Busy Here');
    await call.status(486);
  },
  'hold and back': async (stage) => {
    const { call, agent } = await answered(stage);
    await agent.hold();
    await stage.event('PLAYBACK_START');
    await stage.talk();
    await agent.resume();
    await stage.event('CHANNEL_UNHOLD');
    await stage.talk();
    call.hangUp();
    await agent.ended();
  },
  'a blind transfer by REFER': async (stage) => {
    const { call, agent } = await answered(stage);
    const rings = (await stage.phone('1002')).incoming();
    await agent.refer(stage.uri('1002'));
    await agent.ended();
    const second = await rings;
    second.ring();
    second.answer();
    await stage.event(isBridge, () => true, 2);
    await stage.talk();
    call.hangUp();
    await second.ended();
  },
  'nobody answers a transferred client: he comes back': async (stage) => {
    const back = await stage.phone('1001');
    const rings = back.incoming();
    const call = await stage.callIn(DID.employee);
    const agent = await rings;
    agent.answer();
    await call.status(200);
    await stage.event(isBridge);
    const ringsAgain = back.incoming();
    await agent.refer(stage.uri('1009'));
    const again = await ringsAgain;
    again.ring();
    again.answer();
    await stage.event(isBridge, () => true, 2);
    await stage.talk();
    call.hangUp();
    await again.ended();
  },
  'an attended transfer by REFER': async (stage) => {
    const [phone, other] = [await stage.phone('1001'), await stage.phone('1002')];
    const rings = phone.incoming();
    const call = await stage.callIn(DID.employee);
    const agent = await rings;
    agent.answer();
    await call.status(200);
    await stage.event(isBridge);
    await agent.hold();
    await stage.event('CHANNEL_HOLD');
    const asked = other.incoming();
    const consult = await phone.call('1002');
    const second = await asked;
    second.answer();
    await consult.status(200);
    await stage.event(isBridge, () => true, 2);
    await stage.talk();
    await agent.refer(`<sip:1002@${stage.address.domain}?Replaces=${encodeURIComponent(consult.replaces)}>`);
    await stage.event(isBridge, () => true, 3);
    await Promise.all([agent.ended(), consult.ended()]);
    await stage.talk();
    call.hangUp();
    await second.ended();
  },
  'parked and fetched': async (stage) => {
    const { call, agent } = await answered(stage);
    const taker = await stage.phone('1002');
    await agent.refer(stage.uri('6001'));
    await agent.ended();
    await stage.event('CUSTOM', (event) => event['Action'] === 'hold');
    const taking = await taker.call('6001');
    await taking.status(200);
    await stage.event(isBridge, () => true, 2);
    await stage.talk();
    call.hangUp();
    await taking.ended();
  },
  'the phone sends a client elsewhere (302)': async (stage) => {
    const [phone, other] = [await stage.phone('1001'), await stage.phone('1002')];
    const [rings, forwarded] = [phone.incoming(), other.incoming()];
    const call = await stage.callIn(DID.employee);
    (await rings).refuse('302 Moved Temporarily', [['Contact', `<sip:1002@${stage.address.domain}>`]]);
    const second = await forwarded;
    second.ring();
    second.answer();
    await call.status(200);
    await stage.event(isBridge);
    await stage.talk();
    call.hangUp();
    await second.ended();
  },
  'three in a room': async (stage) => {
    const { call, agent } = await answered(stage);
    const third = await stage.phone('1002');
    await stage.esl.api(`uuid_transfer ${stage.leg(0)} -both 3001 XML default`);
    const joined = (nth: number) => stage.event('CUSTOM', (event) => event['Action'] === 'add-member', nth);
    await joined(2);
    const joining = await third.call('3001');
    await joining.status(200);
    await joined(3);
    await stage.talk();
    agent.hangUp();
    await stage.event('CHANNEL_DESTROY');
    call.hangUp();
    await stage.event('CHANNEL_DESTROY', () => true, 2);
    joining.hangUp();
  },
  'a parked client gives up': async (stage) => {
    const { call, agent } = await answered(stage);
    await agent.refer(stage.uri('6003'));
    await agent.ended();
    await stage.event('CUSTOM', (event) => event['Action'] === 'hold');
    await stage.talk();
    call.hangUp();
  },
  'a parking place where nobody waits': async (stage) => {
    const call = await (await stage.phone('1001')).call('6004');
    await call.status(183);
    await stage.event('CUSTOM', (event) => event['Action'] === 'hold');
    await stage.talk();
    call.cancel();
    await call.status(487);
  },
  'a message ends with *': async (stage) => {
    const { call, agent } = await answered(stage);
    await agent.refer(stage.uri('message'));
    await agent.ended();
    await stage.event('RECORD_START', (event) => String(event['Record-File-Path']).includes('-message'));
    await stage.talk();
    call.media.press('5');
    await stage.event('DTMF');
    await stage.talk();
    call.media.press('*');
    await call.ended();
  },
  'a client leaves a message': async (stage) => {
    const { call, agent } = await answered(stage);
    await agent.refer(stage.uri('message'));
    await agent.ended();
    await stage.event('RECORD_START', (event) => String(event['Record-File-Path']).includes('-message'));
    await stage.talk();
    call.hangUp();
  },
};
