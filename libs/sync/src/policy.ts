import type { CallDirection, NoticeLanguage, PortalPolicy } from '@app/calls';
import { e164In } from './phone-number';
import { ignoreLists } from './ignore-lists';
import type { CallSettings, LinePolicy, LineSetting, PortalSettings, PortalUser } from './ports';

/** The policy that a portal's settings amount to. */
export function policyOf(portal: PortalSettings): PortalPolicy {
  const toE164 = e164In(portal.defaultRegion);
  const calls = portal.calls ?? CALLS_AS_USUAL;
  const cardPolicies = new Map(portal.users.map((user) => [user.userId, user.cardPolicy]));
  const lines = new Map(portal.lines.map((line) => [toE164(line.did) ?? line.did, line]));
  // Trunks write the same DID as +7495..., 7495... and 8495...
  const lineAt = (did: string): LineSetting | undefined => lines.get(toE164(did) ?? did);
  const ofLine = (side: Side, did: string | undefined): LinePolicy | undefined =>
    did === undefined ? undefined : lineAt(did)?.policy?.[side];
  return {
    userOf: userLookup(portal.users),
    defaultUserId: portal.defaultUserId,
    cardPolicyOf: (userId) => cardPolicies.get(userId) ?? 'ringing',
    toE164,
    lineOf: (did) => lineAt(did)?.lineNumber,
    anonymousNumber: portal.anonymousNumber,
    crm: (direction, did) => {
      const { create, source } = portal.crm[sideOf(direction)];
      const line = ofLine(sideOf(direction), did)?.crm;
      return { create: line?.create ?? create, source: line?.source ?? source };
    },
    addToChat: (direction, did) =>
      ofLine(sideOf(direction), did)?.addToChat ?? portal.addToChat[sideOf(direction)],
    finishWhen: portal.finishWhen,
    transfers: calls.transfers,
    unanswered: calls.unanswered,
    missed: (did) => ({ ...calls.missed, ...ofLine('inbound', did)?.missed }),
    ignored: ignoreLists(calls.ignore, toE164),
    ...(portal.scope?.includes('im') && { notices: languageOf(portal.defaultRegion) }),
  };
}

/** What a portal does that has no settings of its own for calls. */
export const CALLS_AS_USUAL: CallSettings = {
  transfers: 'one-call',
  unanswered: 'missed',
  missed: { responsible: 'last-rung', notify: false },
  ignore: { numbers: [], lines: [] },
};

type Side = 'inbound' | 'outbound';

/** Internal calls are not filed: what holds for them does not matter. */
function sideOf(direction: CallDirection): Side {
  return direction === 'outbound' ? 'outbound' : 'inbound';
}

/** Countries where a portal's people are told things in Russian. */
const RUSSIAN = new Set(['RU', 'BY', 'KZ', 'KG']);

function languageOf(region: string): NoticeLanguage {
  return RUSSIAN.has(region) ? 'ru' : 'en';
}

/**
 * Who has an extension. Extensions are unique in their domain only: one that is known in a foreign domain is somebody
 * else's. Without a domain (a leg that tells none) the extension decides if only one user has it.
 */
function userLookup(users: readonly PortalUser[]): PortalPolicy['userOf'] {
  const byExtension = new Map<string, PortalUser[]>();
  for (const user of users)
    byExtension.set(user.extension, [...(byExtension.get(user.extension) ?? []), user]);
  return (extension, domain) => {
    const namesakes = byExtension.get(extension) ?? [];
    const inDomain = namesakes.find((user) => domain !== undefined && isSame(user.domain, domain));
    const anywhere = namesakes.find((user) => user.domain === undefined);
    const only = domain === undefined && namesakes.length === 1 ? namesakes[0] : undefined;
    return (inDomain ?? anywhere ?? only)?.userId;
  };
}

/** Domain names do not differ by case. */
function isSame(one: string | undefined, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase();
}
