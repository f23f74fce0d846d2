import { randomUUID } from 'node:crypto';
import type { TestCall } from '../../testing/test-call';
import type { ShippedStage } from '../shipped-stage';
import type { ShippedScript } from './from-outside';

const CLIENT = '79161234567';
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

/** The CRM calls 1001, and when he has lifted the number that was clicked. */
async function clicked(stage: ShippedStage, number: string): Promise<TestCall> {
  const rings = (await stage.phone('1001')).incoming();
  const variables = `{origination_uuid=${randomUUID()},origination_caller_id_number=${CLIENT},connector_call_id=click-0001}`;
  stage.esl.write(
    `bgapi originate ${variables}user/1001@${stage.address.domain} ${number} XML click-to-call\n\n`,
  );
  return rings;
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
  'a click is answered by both': async (stage) => {
    const carrierRings = stage.carrier.incoming();
    const agent = await clicked(stage, CLIENT);
    agent.ring();
    agent.answer();
    const client = await carrierRings;
    client.ring();
    client.answer();
    await stage.event(isBridge);
    await stage.talk();
    client.hangUp();
    await agent.ended();
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
  'a click: the client is busy': async (stage) => {
    const carrierRings = stage.carrier.incoming();
    const agent = await clicked(stage, CLIENT);
    agent.answer();
    (await carrierRings).refuse('486 Busy Here');
    await agent.ended();
  },
  'a click: the employee declines': async (stage) => {
    const agent = await clicked(stage, CLIENT);
    agent.refuse('603 Decline');
    await stage.event('BACKGROUND_JOB');
  },
  'a click on a colleague': async (stage) => {
    const rings = (await stage.phone('1002')).incoming();
    const agent = await clicked(stage, '1002');
    agent.answer();
    const colleague = await rings;
    colleague.answer();
    await stage.event(isBridge);
    await stage.talk();
    agent.hangUp();
    await colleague.ended();
  },
};
