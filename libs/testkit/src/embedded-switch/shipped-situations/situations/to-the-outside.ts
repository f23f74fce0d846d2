import type { TestCall } from '../../testing/test-call';
import type { ShippedStage } from '../shipped-stage';
import { CLIENT, keysTransfer, type ShippedScript } from './from-outside';

const isBridge = 'CHANNEL_BRIDGE';

async function dialled(stage: ShippedStage): Promise<{ call: TestCall; client: TestCall }> {
  const phone = await stage.phone('1001');
  const rings = stage.carrier.incoming();
  const call = await phone.call(CLIENT);
  return { call, client: await rings };
}

function refused(statusLine: string): ShippedScript {
  return async (stage) => {
    const { call, client } = await dialled(stage);
    client.refuse(statusLine);
    await call.status(Number.parseInt(statusLine, 10));
  };
}

export const TO_THE_OUTSIDE: Readonly<Record<string, ShippedScript>> = {
  'a client is called': async (stage) => {
    const { call, client } = await dialled(stage);
    client.ring();
    await call.status(180);
    client.answer();
    await call.status(200);
    await stage.event(isBridge);
    await stage.talk();
    call.hangUp();
    await client.ended();
  },
  'the client is busy': refused('486 Busy Here'),
  'the carrier does not know the number': refused('404 Not Found'),
  'the carrier is overloaded': refused('503 Service Unavailable'),
  'early media, then the employee gives up': async (stage) => {
    const { call, client } = await dialled(stage);
    client.progress();
    await call.status(183);
    await stage.talk();
    call.cancel();
    await call.status(487);
  },
  'an employee has himself called back': async (stage) => {
    const phone = await stage.phone('1001');
    const carrierRings = stage.carrier.incoming();
    const order = await phone.call(`*81${CLIENT}`);
    const rings = phone.incoming();
    await order.ended();
    const agent = await rings;
    agent.ring();
    agent.answer();
    const client = await carrierRings;
    client.answer();
    await stage.event(isBridge);
    await stage.talk();
    client.hangUp();
    await agent.ended();
  },
  'a number that nobody has is dialled': async (stage) => {
    await (await (await stage.phone('1001')).call('5555')).status(404);
  },
  'the keys *1 of who has dialled': async (stage) => {
    const { call, client } = await dialled(stage);
    client.answer();
    await call.status(200);
    await stage.event(isBridge);
    await stage.talk();
    await keysTransfer(stage, call, client);
  },
};
