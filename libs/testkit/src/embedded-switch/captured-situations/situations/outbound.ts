import type { TestCall } from '../../testing/test-call';
import type { Stage } from '../stage';
import type { Script } from './inbound';

/** 1001 dials a number, and the carrier gets it. */
async function dialled(
  stage: Stage,
  number: string,
  displayName?: string,
): Promise<{ call: TestCall; customer: TestCall }> {
  const phone = await stage.phone('1001', displayName);
  const rings = stage.carrier.incoming();
  const call = await phone.call(number);
  return { call, customer: await rings };
}

function refused(number: string, statusLine: string): Script {
  return async (stage) => {
    const { call, customer } = await dialled(stage, number);
    customer.refuse(statusLine);
    await call.message(({ start }) => /^SIP\/2.0 [456]/.test(start) && !start.includes(' 407 '));
  };
}

/** Status lines of "outbound-other-sip-errors", in its order. */
const OTHER_REFUSALS = [
  '480 Temporarily Unavailable',
  '403 Forbidden',
  '484 Address Incomplete',
  '402 Payment Required',
  '423 Interval Too Brief',
  '410 Gone',
  '408 Request Timeout',
  '488 Not Acceptable Here',
  '500 Server Internal Error',
  '604 Does Not Exist Anywhere',
];

export const OUTBOUND: Readonly<Record<string, Script>> = {
  'outbound-answered': async (stage) => {
    const { call, customer } = await dialled(stage, '79161234567', 'Extension 1001');
    customer.ring();
    await call.status(183);
    customer.answer();
    await call.status(200);
    await stage.event('CHANNEL_BRIDGE');
    await stage.talk();
    customer.hangUp();
    await call.ended();
  },
  'outbound-busy': refused('79161234567', '486 Busy Here'),
  'outbound-invalid-number-404': refused('79160000000', '404 Not Found'),
  'outbound-no-answer': async (stage) => {
    const { call, customer } = await dialled(stage, '79161234567');
    customer.ring();
    await call.status(480);
  },
  'outbound-early-media-183-then-cancel': async (stage) => {
    const { call, customer } = await dialled(stage, '79161234567');
    customer.progress();
    await call.status(183);
    await stage.event('CHANNEL_BRIDGE');
    await stage.talk();
    call.cancel();
    await call.status(487);
  },
  'outbound-other-sip-errors': async (stage) => {
    for (const line of OTHER_REFUSALS) {
      await refused(`79160000${line.slice(0, 3)}`, line)(stage);
      await stage.idle();
    }
  },
  'internal-call-answered': async (stage) => {
    const [caller, called] = [await stage.phone('1001', 'Extension 1001'), await stage.phone('1002')];
    const rings = called.incoming();
    const call = await caller.call('1002');
    const agent = await rings;
    agent.ring();
    await call.status(183);
    agent.answer();
    await call.status(200);
    await stage.event('CHANNEL_BRIDGE');
    await stage.talk();
    call.hangUp();
    await agent.ended();
  },
};
