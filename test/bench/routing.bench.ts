/**
 * What routing costs a caller: from his INVITE to the first INVITE at an employee's phone, one call after another, with a
 * portal that takes 300 ms to say who is responsible; beside it the same for a number that the dialplan rings by itself. On the
 * embedded switch, and on a real one where FREESWITCH_BIN names it.
 *
 * Figures of the machine it was written on: docs/routing.md.
 */
import { hasSwitch } from '../../apps/harness/src/real-switch/open-switch';
import { until } from '../../apps/harness/src/processes/until';
import { embeddedTarget } from '../../apps/harness/src/world/embedded-target';
import { freeswitchTarget } from '../../apps/harness/src/world/freeswitch-target';
import type { WorldOptions } from '../../apps/harness/src/world/world';
import { DIRECT_LINE, RoutedOffice } from './routed-office';

const CALLS = 40;
const SEARCH_MS = 300;
const RING_MS = 10_000;

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** From INVITE to the first ring, ms; sorted. */
async function ringTimes(office: RoutedOffice, line: string | undefined): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < CALLS; index += 1) {
    const before = office.rings.length;
    const call = office.call(index, line);
    await until('somebody rings', () => office.rings.length > before, { withinMs: RING_MS });
    const ring = office.rings.find((one) => one.call.events[0] && one.call.end === undefined)?.call;
    times.push((ring?.events[0]?.at ?? NaN) - (call.events[0]?.at ?? NaN));
    await call.hangUp();
    await until('nobody rings', () => office.rings.every((one) => one.call.end !== undefined), {
      withinMs: RING_MS,
    });
  }
  return times.sort((a, b) => a - b);
}

async function measure(name: string, openSwitch: WorldOptions['openSwitch']): Promise<void> {
  const office = await RoutedOffice.open({
    openSwitch,
    agents: 2,
    callers: CALLS,
    ringMs: RING_MS,
    searchMs: SEARCH_MS,
    routing: { strategy: 'responsible-then-queue', queue: 'sequential', client: { rememberSeconds: 0 } },
  });
  try {
    office.slowDown();
    const direct = await ringTimes(office, DIRECT_LINE);
    const routed = await ringTimes(office, undefined);
    for (const [what, times] of Object.entries({ direct, routed }))
      console.log(
        `${name.padEnd(12)} ${what.padEnd(8)} p50 ${percentile(times, 0.5).toFixed(0)} ms, p95 ${percentile(times, 0.95).toFixed(0)} ms`,
      );
  } finally {
    await office.close();
  }
}

export const needsInfra = true;

/** Prints the table. */
export async function run(): Promise<void> {
  console.log(`From INVITE to the first ring; the portal takes ${SEARCH_MS} ms.`);
  await measure('embedded', embeddedTarget);
  if (hasSwitch(process.env)) await measure('freeswitch', (wanted) => freeswitchTarget(process.env, wanted));
}
