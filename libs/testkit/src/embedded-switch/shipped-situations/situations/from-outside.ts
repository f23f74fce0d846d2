import type { TestCall } from '../../testing/test-call';
import type { ShippedStage } from '../shipped-stage';

/** What happens, as a script for the phones. */
export type ShippedScript = (stage: ShippedStage) => Promise<void>;

export const DID = {
  employee: '74951234567',
  sales: '74951234568',
  support: '74951234569',
  menu: '74951234570',
  routed: '74951234571',
  hours: '74951234572',
} as const;

/** The carrier is one phone: he calls us, and is who is called outside. */
export const CLIENT = '79161234567';

/** A client calls 1001, who answers. */
export async function answered(stage: ShippedStage): Promise<{ call: TestCall; agent: TestCall }> {
  const rings = (await stage.phone('1001')).incoming();
  const call = await stage.callIn(DID.employee);
  const agent = await rings;
  agent.ring();
  await call.status(180);
  agent.answer();
  await call.status(200);
  await stage.event('CHANNEL_BRIDGE');
  await stage.talk();
  return { call, agent };
}

/** An employee in a talk presses *1 and 1002; the client, who goes on talking with 1002, hangs up. */
export async function keysTransfer(stage: ShippedStage, agent: TestCall, client: TestCall): Promise<void> {
  const rings = (await stage.phone('1002')).incoming();
  await dialTone(stage, agent, '*1');
  agent.media.press('1002#');
  const second = await rings;
  second.ring();
  second.answer();
  await stage.event('CHANNEL_BRIDGE', () => true, 2);
  await agent.ended();
  await stage.talk();
  client.hangUp();
  await second.ended();
}

/** Keys of the context "features"; a dial tone answers. */
export async function dialTone(stage: ShippedStage, agent: TestCall, keys: string): Promise<void> {
  agent.media.press(keys);
  await stage.event('PLAYBACK_START', (event) => String(event['Playback-File-Path']).includes('350,440'));
}

/** 1001 refuses; the client hears why. */
function refused(statusLine: string): ShippedScript {
  return async (stage) => {
    const rings = (await stage.phone('1001')).incoming();
    const call = await stage.callIn(DID.employee);
    (await rings).refuse(statusLine);
    await call.status(Number.parseInt(statusLine, 10));
  };
}

/** All three of a group ring. */
async function groupRings(stage: ShippedStage): Promise<{ call: TestCall; agents: TestCall[] }> {
  const phones = [await stage.phone('1001'), await stage.phone('1002'), await stage.phone('1003')];
  const rings = phones.map((phone) => phone.incoming());
  const call = await stage.callIn(DID.sales);
  const agents = await Promise.all(rings);
  for (const [index, agent] of agents.entries()) {
    agent.ring();
    await stage.event('CHANNEL_PROGRESS', ({ 'Call-Direction': way }) => way === 'outbound', index + 1);
  }
  return { call, agents };
}

export const FROM_OUTSIDE: Readonly<Record<string, ShippedScript>> = {
  'a client is answered and hangs up': async (stage) => {
    const { call, agent } = await answered(stage);
    call.hangUp();
    await agent.ended();
  },
  'the employee hangs up': async (stage) => {
    const { call, agent } = await answered(stage);
    agent.hangUp();
    await call.ended();
  },
  'the employee is busy': refused('486 Busy Here'),
  'the employee declines': refused('603 Decline'),
  'nobody answers': async (stage) => {
    const rings = (await stage.phone('1001')).incoming();
    const call = await stage.callIn(DID.employee);
    (await rings).ring();
    await call.status(480);
  },
  'the client gives up': async (stage) => {
    const rings = (await stage.phone('1001')).incoming();
    const call = await stage.callIn(DID.employee);
    (await rings).ring();
    await call.status(180);
    call.cancel();
    await call.status(487);
  },
  'the employee has no phone': async (stage) => {
    await (await stage.callIn(DID.employee)).status(480);
  },
  'a number that nobody has': async (stage) => {
    await (await stage.callIn('74959999999')).status(404);
  },
  'a group: the second answers': async (stage) => {
    const { call, agents } = await groupRings(stage);
    agents[1]!.answer();
    await call.status(200);
    await Promise.all([agents[0]!.ended(), agents[2]!.ended()]);
    await stage.talk();
    call.hangUp();
    await agents[1]!.ended();
  },
  'a group: nobody answers': async (stage) => {
    const { call, agents } = await groupRings(stage);
    await call.status(480);
    await Promise.all(agents.map((agent) => agent.ended()));
  },
  'a group: the client gives up': async (stage) => {
    const { call, agents } = await groupRings(stage);
    call.cancel();
    await call.status(487);
    await Promise.all(agents.map((agent) => agent.ended()));
  },
  'a group: nobody has a phone': async (stage) => {
    await (await stage.callIn(DID.sales)).status(480);
  },
  'one after another: nobody answers': async (stage) => {
    const phones = [await stage.phone('1001'), await stage.phone('1002')];
    const [first, second] = phones.map((phone) => phone.incoming());
    const call = await stage.callIn(DID.support);
    (await first!).ring();
    (await second!).ring();
    await call.status(480);
  },
  'two phones of an employee: the second answers': async (stage) => {
    const phones = [await stage.phone('1001'), await stage.phone('1001')];
    const rings = phones.map((phone) => phone.incoming());
    const call = await stage.callIn(DID.employee);
    const [first, second] = await Promise.all(rings);
    first!.ring();
    await call.status(180);
    second!.answer();
    await call.status(200);
    await first!.ended();
    await stage.talk();
    call.hangUp();
    await second!.ended();
  },
  'a name that could break a phone': async (stage) => {
    const rings = (await stage.phone('1001')).incoming();
    const call = await stage.callIn(DID.employee, { displayName: 'a%0Ab' });
    (await rings).refuse('486 Busy Here');
    await call.status(486);
  },
  'one after another: the second answers': async (stage) => {
    const phones = [await stage.phone('1001'), await stage.phone('1002')];
    const [first, second] = phones.map((phone) => phone.incoming());
    const call = await stage.callIn(DID.support);
    (await first!).ring();
    const agent = await second!;
    agent.ring();
    agent.answer();
    await call.status(200);
    await stage.talk();
    call.hangUp();
    await agent.ended();
  },
};
