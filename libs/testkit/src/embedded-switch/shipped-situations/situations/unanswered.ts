import type { TestCall } from '../../testing/test-call';
import type { TestPhone } from '../../testing/test-phone';
import type { ShippedStage } from '../shipped-stage';
import { answered, CLIENT, dialTone, DID, type ShippedScript } from './from-outside';

const isBridge = 'CHANNEL_BRIDGE';

/** 1001 rings, and his line has a variable of its own, as a DID may set one (docs/dialplan.md). */
async function ringsWith(
  stage: ShippedStage,
  variable: string,
): Promise<{ phone: TestPhone; call: TestCall; ringing: TestCall }> {
  const phone = await stage.phone('1001');
  const rings = phone.incoming();
  const call = await stage.callIn(DID.employee);
  const ringing = await rings;
  ringing.ring();
  await call.status(180);
  await stage.esl.api(`uuid_setvar ${stage.leg(0)} ${variable}`);
  return { phone, call, ringing };
}

/** Somebody outside answers in place of 1001. */
function answeredOutside(variable: string): ShippedScript {
  return async (stage) => {
    const outside = stage.carrier.incoming();
    const { call } = await ringsWith(stage, variable);
    const other = await outside;
    other.ring();
    other.answer();
    await call.status(200);
    await stage.event(isBridge);
    await stage.talk();
    call.hangUp();
    await other.ended();
  };
}

/** 1001 has sent a client where nobody answers; he gets him back. */
function comesBack(away: (stage: ShippedStage, agent: TestCall) => Promise<void>): ShippedScript {
  return async (stage) => {
    const phone = await stage.phone('1001');
    const rings = phone.incoming();
    const call = await stage.callIn(DID.employee);
    const agent = await rings;
    agent.answer();
    await call.status(200);
    await stage.event(isBridge);
    const ringsAgain = phone.incoming();
    await away(stage, agent);
    const again = await ringsAgain;
    again.ring();
    again.answer();
    await stage.event(isBridge, () => true, 2);
    await stage.talk();
    call.hangUp();
    await again.ended();
  };
}

export const UNANSWERED: Readonly<Record<string, ShippedScript>> = {
  'nobody answers: his mobile does': answeredOutside(`connector_mobile +${CLIENT}`),
  'nobody answers: the overflow is a number outside': answeredOutside(`connector_overflow ${CLIENT}`),
  'nobody answers: an announcement': async (stage) => {
    const { call } = await ringsWith(stage, 'connector_overflow announcement');
    await call.status(183);
    await call.status(480);
  },
  'nobody answers: a message': async (stage) => {
    const { call, ringing } = await ringsWith(stage, 'connector_overflow message');
    ringing.refuse('486 Busy Here');
    await call.status(200);
    await stage.event('RECORD_START', (event) => String(event['Record-File-Path']).includes('-message'));
    await stage.talk();
    call.hangUp();
  },
  'an overflow has no overflow': async (stage) => {
    const { phone, call, ringing } = await ringsWith(stage, 'connector_overflow 2002');
    const again = phone.incoming();
    ringing.refuse('486 Busy Here');
    (await again).refuse('486 Busy Here');
    await call.status(486);
  },
  'a parked client is forgotten: he comes back': comesBack(async (stage, agent) => {
    await agent.refer(stage.uri('6002'));
  }),
  'a client is transferred to a number that nobody has: he comes back': comesBack(async (stage, agent) => {
    await agent.refer(stage.uri('5555'));
  }),
  'the keys *1, and nobody answers: he comes back': comesBack(async (stage, agent) => {
    await dialTone(stage, agent, '*1');
    agent.media.press('1009#');
  }),
  'a client is transferred to a number outside': async (stage) => {
    const { call, agent } = await answered(stage);
    const outside = stage.carrier.incoming();
    await agent.refer(stage.uri(CLIENT));
    await agent.ended();
    const other = await outside;
    other.ring();
    other.answer();
    await stage.event(isBridge, () => true, 2);
    await stage.talk();
    call.hangUp();
    await other.ended();
  },
};
