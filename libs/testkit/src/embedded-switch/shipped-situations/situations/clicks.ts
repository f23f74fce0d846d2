import { randomUUID } from 'node:crypto';
import type { TestCall } from '../../testing/test-call';
import type { ShippedStage } from '../shipped-stage';
import { CLIENT, keysTransfer, type ShippedScript } from './from-outside';

const isBridge = 'CHANNEL_BRIDGE';

/**
 * The CRM calls 1001, and when he has lifted the number that was clicked.
 *
 * @param more variables of the originate, each after a comma
 */
async function clicked(stage: ShippedStage, number: string, more = ''): Promise<TestCall> {
  const rings = (await stage.phone('1001')).incoming();
  const variables = `{origination_uuid=${randomUUID()},origination_caller_id_number=${CLIENT},connector_call_id=click-0001${more}}`;
  stage.esl.write(
    `bgapi originate ${variables}user/1001@${stage.address.domain} ${number} XML click-to-call\n\n`,
  );
  return rings;
}

/** Both have answered a click. */
async function talking(stage: ShippedStage, more = ''): Promise<{ agent: TestCall; client: TestCall }> {
  const carrierRings = stage.carrier.incoming();
  const agent = await clicked(stage, CLIENT, more);
  agent.ring();
  agent.answer();
  const client = await carrierRings;
  client.ring();
  client.answer();
  await stage.event(isBridge);
  await stage.talk();
  return { agent, client };
}

export const CLICKS: Readonly<Record<string, ShippedScript>> = {
  'a click is answered by both': async (stage) => {
    const { agent, client } = await talking(stage);
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
  'a click on a number that nobody has': async (stage) => {
    const agent = await clicked(stage, '5555');
    agent.answer();
    await agent.ended();
  },
  'a click: the employee does not lift': async (stage) => {
    const agent = await clicked(stage, CLIENT, ',leg_timeout=1');
    agent.ring();
    await stage.event('BACKGROUND_JOB');
  },
  'a click: the employee gives up while the client rings': async (stage) => {
    const carrierRings = stage.carrier.incoming();
    const agent = await clicked(stage, CLIENT);
    agent.answer();
    const client = await carrierRings;
    client.ring();
    await stage.event('CHANNEL_PROGRESS', ({ 'Call-Direction': way }) => way === 'outbound');
    agent.hangUp();
    await client.ended();
  },
  'a click with a line, words and digits, not recorded': async (stage) => {
    const { agent, client } = await talking(
      stage,
      ',connector_line=74951234568,connector_record=false,connector_digits=w12' +
        ',connector_say=Call%20me,connector_voice=flite%7Ckal',
    );
    for (const application of ['speak', 'send_dtmf'])
      await stage.event('CHANNEL_EXECUTE', (event) => event['Application'] === application);
    agent.hangUp();
    await client.ended();
  },
  'a click with a line that is none': async (stage) => {
    const carrierRings = stage.carrier.incoming();
    const agent = await clicked(stage, CLIENT, ',connector_line=none');
    agent.answer();
    (await carrierRings).refuse('404 Not Found');
    await agent.ended();
  },
  'a click, and a blind transfer by REFER': async (stage) => {
    const { agent, client } = await talking(stage);
    const rings = (await stage.phone('1002')).incoming();
    await agent.refer(stage.uri('1002'));
    await agent.ended();
    const second = await rings;
    second.answer();
    await stage.event(isBridge, () => true, 2);
    await stage.talk();
    client.hangUp();
    await second.ended();
  },
  'a click, and the keys *1': async (stage) => {
    const { agent, client } = await talking(stage);
    await keysTransfer(stage, agent, client);
  },
};
