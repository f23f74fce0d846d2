import type { QueueFacts } from '@app/queues';
import { green, red, yellow, type Finding } from '../finding';

/** What is there where the jobs are kept. */
export function queueFindings({ kind, version, evictionPolicy }: QueueFacts): Finding[] {
  if (kind === 'postgres') return [green('queue', `Jobs are kept in Postgres ${version}`)];
  return [redisVersion(version), eviction(evictionPolicy)];
}

/** BullMQ wants 6.2 for its commands (its documentation, "Going to production"). */
function redisVersion(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 6 || (major === 6 && minor >= 2)
    ? green('queue.version', `Redis ${version}`)
    : red('queue.version', `Redis ${version} is too old.`, 'Redis 6.2 or newer is needed.');
}

function eviction(policy: string | undefined): Finding {
  if (policy === 'noeviction') return green('queue.eviction', 'Redis throws nothing away when it is full');
  if (policy === undefined)
    return yellow(
      'queue.eviction',
      'Redis does not tell what it does when it is full.',
      'See that maxmemory-policy is noeviction.',
    );
  return red(
    'queue.eviction',
    `Redis throws jobs away when it is full (maxmemory-policy ${policy}).`,
    'Set maxmemory-policy noeviction.',
  );
}
