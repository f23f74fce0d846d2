import { commonRefusals } from '@app/bitrix24/contract';
import type { DocumentedRefusal } from '@app/bitrix24/contract';
import type { Clock } from '../clock';
import type { FaultEffect } from './faults';
import { ConnectionDropped, htmlReply, jsonReply } from '../http/wire';
import type { PortalReply } from '../http/wire';

/** The cloud ends a request after 60 s (limits page). */
const HANG_MS = 60_000;
const BALANCER_PAGE = '<html><body><h1>502 Bad Gateway</h1></body></html>';

/**
 * Runs a request through its fault.
 *
 * @throws ConnectionDropped where the client gets no answer at all
 */
export async function withFault(
  fault: FaultEffect | undefined,
  clock: Clock,
  execute: () => Promise<PortalReply>,
): Promise<PortalReply> {
  const instead = fault && replyInsteadOf(fault, clock.now());
  if (instead) return instead;
  if (fault?.kind === 'drop') throw new ConnectionDropped();
  if (fault?.kind === 'hang') return hang(clock, fault.ms);
  if (fault?.kind === 'slow') await clock.sleep(fault.ms);
  const reply = await execute();
  return fault ? spoil(fault, reply, clock) : reply;
}

/** Answers that come without any execution. */
function replyInsteadOf(fault: FaultEffect, now: number): PortalReply | undefined {
  switch (fault.kind) {
    case 'rate-limited':
      return refused(commonRefusals.QUERY_LIMIT_EXCEEDED);
    case 'overloaded':
      return refused(commonRefusals.OVERLOAD_LIMIT);
    case 'expired-token':
      return refused(commonRefusals.expired_token);
    case 'server-error':
      return refused(commonRefusals.INTERNAL_SERVER_ERROR);
    case 'operation-limit':
      return refused(commonRefusals.OPERATION_TIME_LIMIT, {
        time: { operating: 480, operating_reset_at: Math.ceil(now / 1000) + (fault.resetInSeconds ?? 60) },
      });
    case 'html':
      return htmlReply(fault.status ?? 502, BALANCER_PAGE);
    case 'empty':
      return emptyReply(fault.status);
    case 'redirect':
      return { status: 302, headers: { location: fault.to }, body: '' };
    default:
      return undefined;
  }
}

/** What becomes of the answer after the work was done. */
function spoil(fault: FaultEffect, reply: PortalReply, clock: Clock): PortalReply | Promise<PortalReply> {
  switch (fault.kind) {
    case 'execute-then-drop':
      throw new ConnectionDropped();
    case 'execute-then-hang':
      return hang(clock, fault.ms);
    case 'execute-then-server-error':
      return refused(commonRefusals.INTERNAL_SERVER_ERROR);
    case 'execute-then-html':
      return htmlReply(fault.status ?? 502, BALANCER_PAGE);
    case 'execute-then-empty':
      return emptyReply(fault.status);
    case 'execute-then-cut':
      return { ...reply, body: reply.body.slice(0, reply.body.length / 2) };
    default:
      return reply;
  }
}

/** True if the client learns what the execution brought. */
export function tellsTheTruth(fault: FaultEffect | undefined): boolean {
  return !fault?.kind.startsWith('execute-then-');
}

async function hang(clock: Clock, ms = HANG_MS): Promise<never> {
  await clock.sleep(ms);
  throw new ConnectionDropped();
}

const emptyReply = (status = 200): PortalReply => ({ status, headers: {}, body: '' });

function refused({ httpStatus, code, description }: DocumentedRefusal, extra: object = {}): PortalReply {
  return jsonReply(httpStatus, { error: code, error_description: description, ...extra });
}
