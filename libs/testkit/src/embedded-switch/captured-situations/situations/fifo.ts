import type { Script } from './inbound';

/** Callers whom mod_fifo keeps. */
export const FIFO: Readonly<Record<string, Script>> = {
  'fifo-answered': async (stage) => {
    const phone = await stage.phone('1001');
    const call = await stage.callIn('74951234576');
    await call.status(200);
    await stage.event('PLAYBACK_START');
    const agent = await phone.call('5902');
    await stage.event('CALL_UPDATE', () => true, 2);
    await stage.talk();
    call.hangUp();
    await agent.ended();
  },
};
