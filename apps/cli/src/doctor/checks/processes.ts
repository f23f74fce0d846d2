import type { SeenProcess } from '@app/store';
import { z } from 'zod';
import { green, red, type Finding } from '../finding';

/** A process beats every ten seconds; three that are missed are no chance. */
const ALIVE_WITHIN_MS = 30_000;

const health = z.object({
  ready: z.boolean(),
  components: z.array(
    z.object({ name: z.string(), state: z.enum(['up', 'down']), reason: z.string().optional() }),
  ),
});

/** Which processes are alive, and what they lack. */
export function processFindings(seen: readonly SeenProcess[]): Finding[] {
  return [...appFindings('worker', seen), ...appFindings('gateway', seen)];
}

function appFindings(app: 'worker' | 'gateway', seen: readonly SeenProcess[]): Finding[] {
  const ours = seen.filter((one) => one.app === app);
  const alive = ours.filter(({ silentMs }) => silentMs < ALIVE_WITHIN_MS);
  if (alive.length === 0) return [nobody(app, ours)];
  const troubles = alive.flatMap(troublesOf);
  const where = alive.map(({ host, pid }) => `${host} (process ${pid})`).join(', ');
  return troubles.length > 0 ? troubles : [green(`process.${app}`, `The ${app} is alive on ${where}`)];
}

function nobody(app: string, ours: readonly SeenProcess[]): Finding {
  const last =
    ours.length === 0 ? '' : `; one was heard of ${ago(Math.min(...ours.map((one) => one.silentMs)))} ago`;
  const cure = `Start it: docker compose up -d ${app}, or node dist/apps/${app}/src/main.js. Its log says why it ended.`;
  return red(`process.${app}`, `No ${app} is alive${last}.`, cure);
}

function troublesOf({ app, host, health: told }: SeenProcess): Finding[] {
  const read = health.safeParse(told);
  if (!read.success) return [];
  return read.data.components
    .filter(({ state }) => state === 'down')
    .map(({ name, reason = '' }) =>
      red(
        `process.${app}`,
        `The ${app} on ${host} is not ready: ${name}: ${reason}`,
        'See below what is wrong there; the log of the process tells more.',
      ),
    );
}

/** 90000 -> `2 min` */
export function ago(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return `${Math.round(ms / 1000)} s`;
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
