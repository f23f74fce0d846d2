import { randomUUID } from 'node:crypto';
import type { TestCall } from '../../testing/test-call';
import type { Stage } from '../stage';
import { answered, type Script } from './inbound';

/** The CRM calls 1001 first, and then the customer. */
async function clickToCall(
  stage: Stage,
  seconds = 30,
): Promise<{ agentRings: Promise<TestCall>; customerRings: Promise<TestCall> }> {
  const agentRings = (await stage.phone('1001')).incoming();
  const customerRings = stage.carrier.incoming();
  const bridge = [
    `{origination_uuid=${randomUUID()},origination_caller_id_number=74951234567`,
    "origination_caller_id_name='74951234567'}sofia/gateway/trunk/79161234567",
  ].join(',');
  const vars = [
    `{origination_uuid=${randomUUID()},origination_caller_id_name='CRM 79161234567'`,
    'origination_caller_id_number=79161234567',
    `originate_timeout=${seconds}`,
    'ignore_early_media=true',
    'hangup_after_bridge=true',
    'crm_call_id=crm-1}user/1001@127.0.0.1',
  ].join(',');
  stage.esl.write(`bgapi originate ${vars} &bridge(${bridge})\n\n`);
  return { agentRings, customerRings };
}

export const COMMANDED: Readonly<Record<string, Script>> = {
  'click-to-call-answered': async (stage) => {
    const { agentRings, customerRings } = await clickToCall(stage);
    const agent = await agentRings;
    agent.ring();
    agent.answer();
    const customer = await customerRings;
    customer.ring();
    customer.answer();
    await stage.event('CHANNEL_BRIDGE');
    await stage.talk();
    customer.hangUp();
    await agent.ended();
  },
  'click-to-call-agent-does-not-answer': async (stage) => {
    // seconds are whole ones of the clock: of one there may be nothing left for his phone to ring in
    const { agentRings } = await clickToCall(stage, 2);
    (await agentRings).ring();
    await stage.event('BACKGROUND_JOB');
  },
  'click-to-call-customer-busy': async (stage) => {
    const { agentRings, customerRings } = await clickToCall(stage);
    const agent = await agentRings;
    agent.ring();
    agent.answer();
    const customer = await customerRings;
    customer.ring();
    await stage.event('CHANNEL_PROGRESS', () => true, 2);
    customer.refuse('486 Busy Here');
    await agent.ended();
  },
  'blind-transfer-by-uuid_transfer': async (stage) => {
    const { agent, call } = await answered(stage);
    const rings = (await stage.phone('1002')).incoming();
    await stage.esl.api(`uuid_transfer ${stage.leg(0)} 1002 XML default`);
    await agent.ended();
    const second = await rings;
    second.ring();
    second.answer();
    await stage.event('CHANNEL_BRIDGE', () => true, 2);
    await stage.talk();
    second.hangUp();
    await call.ended();
  },
  'uuid_bridge-of-two-parked': async (stage) => {
    const agentRings = (await stage.phone('1001')).incoming();
    const customerRings = stage.carrier.incoming();
    const [first, second] = [randomUUID(), randomUUID()];
    stage.esl.write(
      `bgapi originate {origination_uuid=${first},origination_caller_id_number=79161234567}user/1001@127.0.0.1 &park\n\n`,
    );
    const agent = await agentRings;
    agent.ring();
    agent.answer();
    await stage.event('CHANNEL_PARK');
    stage.esl.write(
      `bgapi originate {origination_uuid=${second},origination_caller_id_number=74951234567}sofia/gateway/trunk/79161234567 &park\n\n`,
    );
    const customer = await customerRings;
    customer.ring();
    customer.answer();
    await stage.event('CHANNEL_PARK', () => true, 2);
    await stage.esl.api(`uuid_bridge ${first} ${second}`);
    await stage.event('CHANNEL_BRIDGE');
    await stage.talk();
    await stage.esl.api(`uuid_kill ${first}`);
    await customer.ended();
  },
  'recording-stopped-and-restarted-midcall': async (stage) => {
    const { call, agent } = await answered(stage);
    const uuid = stage.leg(0);
    await stage.esl.api(`uuid_record ${uuid} stop ${stage.recordings}/${uuid}.wav`);
    await stage.talk();
    await stage.esl.api(`uuid_record ${uuid} start ${stage.recordings}/${uuid}-2.wav`);
    await stage.talk();
    call.hangUp();
    await agent.ended();
  },
  'recording-too-short-discarded': async (stage) => {
    const { call, agent } = await answered(stage, '74951234577');
    call.hangUp();
    await agent.ended();
  },
  'three-way-conference': async (stage) => {
    const { call, agent } = await answered(stage);
    const third = await stage.phone('1002');
    await stage.esl.api(`uuid_transfer ${stage.leg(0)} -both 3001 XML default`);
    await stage.event('CUSTOM', (event) => event['Action'] === 'add-member', 2);
    const joining = await third.call('3001');
    await joining.status(200);
    await stage.event('CUSTOM', (event) => event['Action'] === 'add-member', 3);
    agent.hangUp();
    await stage.event('CHANNEL_DESTROY');
    call.hangUp();
    await stage.event('CHANNEL_DESTROY', () => true, 2);
    joining.hangUp();
  },
};
