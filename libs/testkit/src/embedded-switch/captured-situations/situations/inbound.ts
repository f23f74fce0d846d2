import type { Stage } from '../stage';
import type { TestCall } from '../../testing/test-call';

/** What happens, as a script for the phones. */
export type Script = (stage: Stage) => Promise<void>;

/** A call from outside that 1001 answers. */
export async function answered(
  stage: Stage,
  did = '74951234567',
): Promise<{ call: TestCall; agent: TestCall }> {
  const phone = await stage.phone('1001');
  const rings = phone.incoming();
  const call = await stage.callIn(did);
  const agent = await rings;
  agent.ring();
  await call.status(183);
  await stage.talk();
  agent.answer();
  await call.status(200);
  await stage.event('CHANNEL_BRIDGE');
  await stage.talk();
  return { call, agent };
}

/** 1001 rings and answers with a refusal. */
function refused(statusLine: string, status: number): Script {
  return async (stage) => {
    const rings = (await stage.phone('1001')).incoming();
    const call = await stage.callIn('74951234567');
    const agent = await rings;
    agent.ring();
    await call.status(183);
    agent.refuse(statusLine);
    await call.status(status);
  };
}

/** Somebody rings; the call ends without an answer. */
async function ringing(stage: Stage, did: string): Promise<TestCall> {
  const rings = (await stage.phone('1001')).incoming();
  const call = await stage.callIn(did);
  (await rings).ring();
  await call.status(183);
  return call;
}

/** 1001, 1002 and 1003 ring at once. */
async function threeRing(stage: Stage): Promise<{ call: TestCall; agents: TestCall[] }> {
  const phones = [await stage.phone('1001'), await stage.phone('1002'), await stage.phone('1003')];
  const rings = phones.map((phone) => phone.incoming());
  const call = await stage.callIn('74951234568');
  const agents = await Promise.all(rings);
  agents.forEach((agent) => agent.ring());
  await call.status(183);
  await stage.event('CHANNEL_PROGRESS', () => true, 3);
  return { call, agents };
}

export const INBOUND: Readonly<Record<string, Script>> = {
  'inbound-answered-caller-hangs-up': async (stage) => {
    const { call, agent } = await answered(stage);
    call.hangUp();
    await agent.ended();
  },
  'inbound-answered-vanilla-transfer': async (stage) => {
    const { call, agent } = await answered(stage, '74951234573');
    call.hangUp();
    await agent.ended();
  },
  'inbound-busy-486': refused('486 Busy Here', 486),
  'inbound-declined-603': refused('603 Decline', 603),
  'inbound-agent-no-answer-timeout': async (stage) => {
    const call = await ringing(stage, '74951234560');
    await call.status(480);
  },
  'inbound-caller-cancels-while-ringing': async (stage) => {
    const call = await ringing(stage, '74951234567');
    call.cancel();
    await call.status(487);
  },
  'inbound-unregistered-agent': async (stage) => {
    const call = await stage.callIn('74951234574');
    await call.message(({ start }) => /^SIP\/2.0 [4-6]/.test(start));
  },
  'inbound-unallocated-did': async (stage) => {
    const call = await stage.callIn('74959999999');
    await call.status(480);
  },
  'inbound-no-route-destination': async (stage) => {
    const call = await stage.callIn('74951234590');
    await call.status(404);
  },
  'simultaneous-ring-second-answers': async (stage) => {
    const { call, agents } = await threeRing(stage);
    agents[1]!.answer();
    await call.status(200);
    await stage.event('CHANNEL_BRIDGE');
    await stage.talk();
    call.hangUp();
    await agents[1]!.ended();
  },
  'simultaneous-ring-nobody-answers': async (stage) => {
    const { call } = await threeRing(stage);
    await call.status(480);
  },
  'simultaneous-ring-caller-cancels': async (stage) => {
    const { call } = await threeRing(stage);
    call.cancel();
    await call.status(487);
  },
  'simultaneous-one-busy-one-answers': async (stage) => {
    const { call, agents } = await threeRing(stage);
    agents[0]!.refuse('486 Busy Here');
    await stage.event('CHANNEL_DESTROY');
    agents[2]!.answer();
    await call.status(200);
    await stage.event('CHANNEL_BRIDGE');
    await stage.talk();
    agents[2]!.hangUp();
    await call.ended();
  },
  'sequential-ring-second-answers': async (stage) => {
    const phones = [await stage.phone('1001'), await stage.phone('1002'), await stage.phone('1003')];
    const [first, second] = phones.map((phone) => phone.incoming());
    const call = await stage.callIn('74951234569');
    (await first!).ring();
    const agent = await second!;
    agent.ring();
    agent.answer();
    await call.status(200);
    await stage.event('CHANNEL_BRIDGE');
    await stage.talk();
    call.hangUp();
    await agent.ended();
  },
  'sequential-ring-nobody-answers': async (stage) => {
    const phones = [await stage.phone('1001'), await stage.phone('1002'), await stage.phone('1003')];
    const rings = phones.map((phone) => phone.incoming());
    const call = await stage.callIn('74951234569');
    for (const ring of rings) (await ring).ring();
    await call.message(({ start }) => /^SIP\/2.0 [4-6]/.test(start));
  },
};
