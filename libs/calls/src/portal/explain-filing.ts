import type { Call } from '../call';
import { extensionOf, isEmployee, partiesOf } from '../parties';
import { rungLegs } from '../ringing';
import { talksOf } from '../talks';
import { userOfLeg } from './card-holders';
import type { PortalPolicy } from './portal-policy';

/**
 * What is worth knowing of how a call is filed though nothing is wrong: why not at all, why without a card, under whose
 * name. For people; undefined when there is nothing unusual about it.
 */
export function explainFiling(call: Call, policy: PortalPolicy): string | undefined {
  const parties = partiesOf(call);
  if (call.mergedInto) return `it became part of call ${call.mergedInto.callId}`;
  if (parties.direction === 'internal') return 'calls between colleagues are not filed';
  const number = parties.externalNumber && policy.toE164(parties.externalNumber);
  switch (policy.ignored(number, parties.did)) {
    case 'number':
      return `not filed: ${number ?? 'a hidden number'} is on the list of numbers to ignore`;
    case 'did':
      return `not filed: ${parties.did ?? ''} is on the list of lines to ignore`;
    case undefined:
      return (
        [...aboutNumber(parties.externalNumber, number, policy), ...aboutPeople(call, policy)].join('; ') ||
        undefined
      );
  }
}

function aboutNumber(raw: string | undefined, number: string | undefined, policy: PortalPolicy): string[] {
  if (number !== undefined) return [];
  const what = raw === undefined ? 'the caller shows no number' : `"${raw}" is no phone number`;
  return [`${what}: filed under ${policy.anonymousNumber}, nothing is created in the CRM`];
}

function aboutPeople(call: Call, policy: PortalPolicy): string[] {
  const talkers = talksOf(call).flatMap(({ partners }) => partners.filter(isEmployee));
  const part = [...rungLegs(call), ...talkers];
  const strangers = new Set(
    part.filter((leg) => userOfLeg(leg, policy) === undefined).map((leg) => extensionOf(leg)),
  );
  const unknown = [...strangers].map(
    (extension) => `${extension ?? ''} is no user's number in the portal: no card`,
  );
  const isNobodys = part.length > 0 && part.every((leg) => userOfLeg(leg, policy) === undefined);
  return isNobodys ? [...unknown, `user ${policy.defaultUserId} is responsible by default`] : unknown;
}
