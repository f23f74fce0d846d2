import { desiredPortalCalls, isOver, type Call, type PortalPolicy } from '@app/calls';

/**
 * A text that changes exactly when what some portal could be asked to show for the call changes. The gateway knows no
 * portal's settings: it takes every extension for a user, shows him his card when his phone rings and when he talks, and
 * counts every talk. So it may ring once too often, never too seldom.
 */
export class PortalProjection {
  private readonly userIds = new Map<string, number>();
  private readonly lastRung = new Map<string, string>();

  /** Whether the portal's part of the call changed since this was last asked; of calls that are over it says yes. */
  hasChanged(call: Call): boolean {
    const projection = JSON.stringify([
      desiredPortalCalls(call, this.policy),
      desiredPortalCalls(call, { ...this.policy, cardPolicyOf: () => 'answered' }).map(({ cards }) => cards),
    ]);
    if (this.lastRung.get(call.callId) === projection) return false;
    if (isOver(call)) this.lastRung.delete(call.callId);
    else this.lastRung.set(call.callId, projection);
    return true;
  }

  private readonly policy: PortalPolicy = {
    userOf: (extension, domain) => this.userId(`${extension}@${domain ?? ''}`),
    defaultUserId: 0,
    cardPolicyOf: () => 'ringing',
    toE164: (number) => number,
    lineOf: (did) => did,
    anonymousNumber: '',
    crm: () => ({ create: true, source: '' }),
    addToChat: () => true,
    finishWhen: 'at-end',
    transfers: 'call-per-talk',
    unanswered: 'missed',
    missed: () => ({ responsible: 'last-rung', notify: false }),
    ignored: () => undefined,
  };

  private userId(address: string): number {
    const known = this.userIds.get(address);
    if (known !== undefined) return known;
    const userId = this.userIds.size + 1;
    this.userIds.set(address, userId);
    return userId;
  }
}
