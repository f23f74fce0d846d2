import { RoutingProgram, type RoutingManner } from '../routing-program';
import type { ShippedStage } from '../shipped-stage';
import { CLIENT, DID, type ShippedScript } from './from-outside';

/** A client calls the number that the connector routes; whoever rings in the end, 1002 answers. */
async function answeredBy1002(stage: ShippedStage): Promise<void> {
  const rings = (await stage.phone('1002')).incoming();
  const call = await stage.callIn(DID.routed);
  const agent = await rings;
  agent.ring();
  agent.answer();
  await call.status(200);
  await stage.event('CHANNEL_BRIDGE');
  await stage.talk();
  call.hangUp();
  await agent.ended();
}

function routedBy(
  manner: RoutingManner | ((stage: ShippedStage) => RoutingManner),
  script: (stage: ShippedStage, program: RoutingProgram) => Promise<void> = answeredBy1002,
): ShippedScript {
  return async (stage) => {
    const told = typeof manner === 'function' ? manner(stage) : manner;
    const program = await RoutingProgram.listen(stage.address.routePort, told);
    try {
      await script(stage, program);
    } finally {
      await program.close();
    }
  };
}

/** What the connector says before somebody rings (apps/gateway, caller-leg.ts). */
const WATCH = ['sched_cancel', 'sched_transfer +5 fallback XML routed'];
/** And before it lets the caller go elsewhere. */
const LEAVE = ['sched_cancel', 'unset socket_resume'];

const rings = (stage: ShippedStage, user: string): string[] => [
  ...WATCH,
  `bridge {ignore_early_media=true,leg_timeout=3}user/${user}@${stage.address.domain}`,
];

/** Somebody outside answers a client who has called. */
async function answeredOutside(stage: ShippedStage): Promise<void> {
  const outside = stage.carrier.incoming();
  const call = await stage.callIn(DID.routed);
  const other = await outside;
  other.ring();
  other.answer();
  await call.status(200);
  await stage.event('CHANNEL_BRIDGE');
  await stage.talk();
  call.hangUp();
  await other.ended();
}

export const ROUTED: Readonly<Record<string, ShippedScript>> = {
  'the connector lets 1002 ring': routedBy((stage) => [`bridge user/1002@${stage.address.domain}`]),
  'the connector is away: the fallback rings': answeredBy1002,
  'the connector lets go: the fallback rings': routedBy('lets go'),
  'the connector freezes: the watchdog takes the call': routedBy('freezes'),
  'the connector talks nonsense: the watchdog takes the call': routedBy('talks nonsense'),
  'the connector tries the next when the first declines': routedBy(
    (stage) => [...rings(stage, '1001'), ...rings(stage, '1002')],
    async (stage) => {
      const first = (await stage.phone('1001')).incoming();
      const end = answeredBy1002(stage);
      (await first).refuse('603 Decline');
      await end;
    },
  ),
  'the connector plays music, then 1002 rings': routedBy((stage) => [
    'answer',
    'set ringback=${hold_music}',
    'playback ${hold_music}',
    'break',
    ...rings(stage, '1002'),
  ]),
  'the connector rings a number outside': routedBy(
    [
      'set effective_caller_id_number=74951234571',
      ...WATCH,
      `bridge {ignore_early_media=true,leg_timeout=3}sofia/gateway/trunk/${CLIENT}`,
    ],
    answeredOutside,
  ),
  'the connector sends the client to a number outside': routedBy(
    [...LEAVE, 'set connector_line=74951234571', `transfer ${CLIENT} XML default`],
    answeredOutside,
  ),
  'the connector refuses the client': routedBy([...LEAVE, 'hangup USER_BUSY'], async (stage) => {
    await (await stage.callIn(DID.routed)).status(486);
  }),
  'the connector hands back while 1001 rings': routedBy(
    (stage) => rings(stage, '1001'),
    async (stage) => {
      const first = (await stage.phone('1001')).incoming();
      const call = await stage.callIn(DID.routed);
      (await first).ring();
      await call.status(180);
      const again = (await stage.phone('1002')).incoming();
      await stage.esl.api(`uuid_setvar ${stage.leg(0)} socket_resume false`);
      await stage.esl.api(`uuid_transfer ${stage.leg(0)} fallback XML routed`);
      (await again).answer();
      await call.status(200);
      await stage.event('CHANNEL_BRIDGE');
      await stage.talk();
      call.hangUp();
    },
  ),
  'the connector dies while 1001 rings': routedBy(
    (stage) => rings(stage, '1001'),
    async (stage, program) => {
      const first = (await stage.phone('1001')).incoming();
      const call = await stage.callIn(DID.routed);
      (await first).ring();
      await call.status(180);
      const again = (await stage.phone('1002')).incoming();
      await program.close();
      (await again).answer();
      await call.status(200);
      await stage.event('CHANNEL_BRIDGE');
      await stage.talk();
      call.hangUp();
    },
  ),
  'the connector dies while they talk': routedBy(
    (stage) => rings(stage, '1002'),
    async (stage, program) => {
      const ringing = (await stage.phone('1002')).incoming();
      const call = await stage.callIn(DID.routed);
      const agent = await ringing;
      agent.answer();
      await call.status(200);
      await stage.event('CHANNEL_BRIDGE');
      await stage.talk();
      await program.close();
      await stage.talk();
      call.hangUp();
      await agent.ended();
    },
  ),
  'a routed client gives up': routedBy(
    (stage) => rings(stage, '1002'),
    async (stage) => {
      const ringing = (await stage.phone('1002')).incoming();
      const call = await stage.callIn(DID.routed);
      (await ringing).ring();
      await call.status(180);
      call.cancel();
      await call.status(487);
    },
  ),
};
