import { RoutingProgram, type RoutingManner } from '../routing-program';
import type { ShippedStage } from '../shipped-stage';
import { DID, type ShippedScript } from './from-outside';

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

function routedBy(manner: RoutingManner): ShippedScript {
  return async (stage) => {
    const program = await RoutingProgram.listen(stage.address.routePort, manner, stage.address.domain);
    try {
      await answeredBy1002(stage);
    } finally {
      await program.close();
    }
  };
}

export const ROUTED: Readonly<Record<string, ShippedScript>> = {
  'the connector lets 1002 ring': routedBy('rings 1002'),
  'the connector is away: the fallback rings': answeredBy1002,
  'the connector lets go: the fallback rings': routedBy('lets go'),
  'the connector freezes: the watchdog takes the call': routedBy('freezes'),
  'the connector talks nonsense: the watchdog takes the call': routedBy('talks nonsense'),
};
