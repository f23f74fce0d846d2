import { desiredPortalCalls, type Call, type PortalPolicy } from '@app/calls';

/**
 * A text that changes exactly when what some portal could be asked to show for the call changes. The gateway knows no
 * portal's settings: it takes every extension for a user, so it may ring once too often, never too seldom.
 */
export class PortalProjection {
  private readonly userIds = new Map<string, number>();
  private readonly lastRung = new Map<string, string>();

  /** Whether the portal's part of the call changed since this was last asked for the call. */
  hasChanged(call: Call): boolean {
    const projection = JSON.stringify(desiredPortalCalls(call, this.policy));
    if (this.lastRung.get(call.callId) === projection) return false;
    this.lastRung.set(call.callId, projection);
    return true;
  }

  /** Forgets calls that nobody asks about any more. */
  keepOnly(callIds: ReadonlySet<string>): void {
    for (const callId of this.lastRung.keys()) if (!callIds.has(callId)) this.lastRung.delete(callId);
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
  };

  private userId(address: string): number {
    const known = this.userIds.get(address);
    if (known !== undefined) return known;
    const userId = this.userIds.size + 1;
    this.userIds.set(address, userId);
    return userId;
  }
}
