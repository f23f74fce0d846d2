import { operatingResetMs } from '@app/bitrix24';
import type { OperatingNews, PortalSettings, SyncDeps } from '../ports';
import type { Asked, Reply } from './ask-portal';
import { CLOSED_PORTAL_MS } from './step-end';
import type { Ended, SendingTurn } from './underway';

/** What one sending has taught of its portal. */
export interface Lesson {
  readonly asked: Asked;
  readonly ended: readonly Ended[];
  readonly turn: SendingTurn;
}

/** Hands on what concerns the portal and not one call: its address, its limits, and that nothing works any more. */
export async function tellOfPortal(
  deps: SyncDeps,
  { portalId }: PortalSettings,
  { asked, ended, turn }: Lesson,
): Promise<void> {
  const { rate, troubles, egress } = deps;
  if (asked.movedTo !== undefined) await troubles.moved(portalId, asked.movedTo);
  await rate.learn(portalId, newsIn(asked.replies, deps.now()), deps.now());
  const trouble = ended.map(({ then }) => then).find((then) => then.kind === 'trouble')?.error;
  if (trouble?.kind === 'blocked-by-vendor') await rate.block(portalId, egress, CLOSED_PORTAL_MS, deps.now());
  else if (turn.isProbe && hasAnswered(asked)) await rate.open(portalId);
  if (trouble) await troubles.report(portalId, trouble);
  await slowDown(deps, portalId, ended);
}

/** The portal refused for its rate: the bucket is fuller than we knew. The steps wait in the order they had. */
async function slowDown(deps: SyncDeps, portalId: string, ended: readonly Ended[]): Promise<void> {
  const refused = ended.filter(({ then }) => then.kind === 'slow-down');
  if (refused.length === 0) return;
  await deps.rate.penalise(portalId, deps.egress, deps.now());
  const steps = refused.map(({ then: _then, ...step }) => step);
  await deps.turns.add(portalId, deps.egress, steps, deps.now());
}

function hasAnswered({ replies }: Asked): boolean {
  return replies.some(({ exchanges }) => exchanges.at(-1)?.httpStatus !== undefined);
}

/** What the answers tell of the working time of their methods. */
function newsIn(replies: readonly Reply[], now: number): OperatingNews[] {
  return replies.flatMap(({ command: { method }, outcome, time }): OperatingNews[] => {
    if (!outcome.ok) {
      const { kind, until } = outcome.error;
      return kind === 'operation-limit' && until !== undefined
        ? [{ method, usedSeconds: 0, resetMs: Math.max(0, until - now), blocked: true }]
        : [];
    }
    return time?.operating === undefined
      ? []
      : [{ method, usedSeconds: Math.max(0, time.operating), resetMs: operatingResetMs(time, now) }];
  });
}
