import type { PortalPolicy } from '../portal/portal-policy';

/** The portal user of `1001` is 1, of `1002` 2 and so on; an extension below 1000 or above 1099 is nobody's. */
export function officePolicy(changes: Partial<PortalPolicy> = {}): PortalPolicy {
  return {
    userOf: (extension) => (/^10\d\d$/.test(extension) ? Number(extension) - 1000 : undefined),
    defaultUserId: 99,
    cardPolicyOf: () => 'ringing',
    toE164: (number) => (/^\+?\d{7,15}$/.test(number) ? `+${number.replace('+', '')}` : undefined),
    lineOf: (did) => `line ${did}`,
    anonymousNumber: '+10000000000',
    crm: (direction) => ({ create: direction === 'inbound', source: 'CALL' }),
    addToChat: () => false,
    finishWhen: 'at-end',
    transfers: 'one-call',
    unanswered: 'missed',
    missed: () => ({ responsible: 'last-rung', notify: false }),
    ignored: () => undefined,
    ...changes,
  };
}
