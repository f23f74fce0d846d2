import { once } from 'node:events';
import type { ScenarioOutcome } from '../../report/run-record';
import type { Scene } from '../run/scene';

/** After a scenario that was not good: leaves everything up until somebody ends the run, and tells where it is. */
export async function keepUp(
  { world, portal }: Scene,
  outcome: ScenarioOutcome,
  output: { write(text: string): unknown },
  signal: AbortSignal,
): Promise<void> {
  if (outcome.kind === 'passed' || signal.aborted) return;
  const { target } = world;
  output.write(
    [
      '',
      'Everything stays up until Ctrl-C:',
      `  the portal's page  ${portal.pageUrl}`,
      `  event socket       ${target.eventSocket.host}:${target.eventSocket.port}  password ${target.eventSocket.password}`,
      `  SIP                ${target.sip.host}:${target.sip.phones}  (phones: password ${target.phonePassword})`,
      `  database           ${world.databaseUrl}`,
      `  logs               ${world.folder.path}`,
      '',
    ].join('\n'),
  );
  await once(signal, 'abort');
}
