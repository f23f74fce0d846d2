import { answered, type Script } from './inbound';

export const TRANSFERS: Readonly<Record<string, Script>> = {
  'blind-transfer-by-refer': async (stage) => {
    const { call, agent } = await answered(stage, '74951234573');
    const rings = (await stage.phone('1002')).incoming();
    await agent.refer(`<sip:1002@127.0.0.1:${stage.sipPort}>`);
    await agent.ended();
    const second = await rings;
    second.ring();
    second.answer();
    await stage.event('CHANNEL_BRIDGE', () => true, 2);
    await stage.talk();
    call.hangUp();
    await second.ended();
  },
  'blind-transfer-by-refer-wrong-context': async (stage) => {
    const { call, agent } = await answered(stage);
    await agent.refer(`<sip:1002@127.0.0.1:${stage.sipPort}>`);
    await call.ended();
  },
  'attended-transfer-by-refer-replaces': async (stage) => {
    const phone = await stage.phone('1001', 'Extension 1001');
    const other = await stage.phone('1002');
    const { call, agent } = await answered(stage);
    await agent.hold();
    await stage.event('CHANNEL_HOLD');
    const rings = other.incoming();
    const consult = await phone.call('1002');
    const second = await rings;
    second.ring();
    second.answer();
    await consult.status(200);
    await stage.event('CHANNEL_BRIDGE', () => true, 2);
    await stage.talk();
    const replaces = encodeURIComponent(consult.replaces);
    await agent.refer(`<sip:1002@127.0.0.1?Replaces=${replaces}>`);
    await stage.event('CHANNEL_BRIDGE', () => true, 3);
    await Promise.all([agent.ended(), consult.ended()]);
    await stage.talk();
    call.hangUp();
    await second.ended();
  },
  'attended-transfer-att_xfer': async (stage) => {
    const { call, agent } = await answered(stage, '74951234573');
    const rings = (await stage.phone('1002')).incoming();
    agent.media.press('*4');
    await stage.event('PLAYBACK_START', () => true, 2);
    agent.media.press('1002');
    const second = await rings;
    second.ring();
    second.answer();
    await stage.event('CHANNEL_BRIDGE', () => true, 2);
    await stage.talk();
    agent.hangUp();
    await stage.event('CHANNEL_BRIDGE', () => true, 3);
    await stage.talk();
    call.hangUp();
    await second.ended();
  },
  'call-pickup-intercept': async (stage) => {
    const [phone, taker] = [await stage.phone('1001'), await stage.phone('1002', 'Extension 1002')];
    const rings = phone.incoming();
    const call = await stage.callIn('74951234567');
    (await rings).ring();
    await call.status(183);
    const taking = await taker.call('**1001');
    await taking.status(200);
    await call.status(200);
    await stage.event('CHANNEL_BRIDGE');
    await stage.talk();
    call.hangUp();
    await taking.ended();
  },
  'park-and-retrieve': async (stage) => {
    const { call, agent } = await answered(stage, '74951234573');
    const taker = await stage.phone('1002');
    await agent.refer(`<sip:6001@127.0.0.1:${stage.sipPort}>`);
    await agent.ended();
    await stage.event('PLAYBACK_START');
    const taking = await taker.call('6001');
    await taking.status(200);
    await stage.event('CHANNEL_BRIDGE', () => true, 2);
    await stage.talk();
    call.hangUp();
    await taking.ended();
  },
  'hold-unhold': async (stage) => {
    const { call, agent } = await answered(stage);
    await agent.hold();
    await stage.event('PLAYBACK_START');
    await stage.talk(700);
    await agent.resume();
    await stage.event('CHANNEL_UNHOLD');
    await stage.talk();
    call.hangUp();
    await agent.ended();
  },
  'forward-to-mobile-when-unregistered': async (stage) => {
    const rings = stage.carrier.incoming();
    const call = await stage.callIn('74951234575');
    const mobile = await rings;
    mobile.ring();
    await call.status(183);
    mobile.answer();
    await call.status(200);
    await stage.event('CHANNEL_BRIDGE');
    await stage.talk();
    call.hangUp();
    await mobile.ended();
  },
  'forward-302-moved-temporarily': async (stage) => {
    const [phone, other] = [await stage.phone('1001'), await stage.phone('1002')];
    const [rings, forwarded] = [phone.incoming(), other.incoming()];
    const call = await stage.callIn('74951234573');
    const first = await rings;
    first.ring();
    await call.status(183);
    first.refuse('302 Moved Temporarily', [['Contact', '<sip:1002@127.0.0.1:6060>']]);
    const second = await forwarded;
    second.ring();
    second.answer();
    await call.status(200);
    await stage.event('CHANNEL_BRIDGE');
    await stage.talk();
    call.hangUp();
    await second.ended();
  },
  'group-confirm-key-not-pressed': async (stage) => {
    const [mobileRings, phoneRings] = [stage.carrier.incoming(), (await stage.phone('1002')).incoming()];
    const call = await stage.callIn('74951234594');
    const [mobile, phone] = [await mobileRings, await phoneRings];
    mobile.ring();
    phone.ring();
    await call.status(183);
    mobile.answer();
    await call.message(({ start }) => /^SIP\/2.0 [456]/.test(start));
  },
  'bypass-media-answered': async (stage) => {
    const rings = (await stage.phone('1001')).incoming();
    const call = await stage.callIn('74951234595');
    const agent = await rings;
    agent.ring();
    await call.status(180);
    agent.answer();
    await call.status(200);
    await stage.event('CHANNEL_BRIDGE');
    await stage.talk();
    call.hangUp();
    await agent.ended();
  },
};
