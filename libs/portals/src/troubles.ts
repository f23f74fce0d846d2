import type { PortalError, PortalErrorKind } from '@app/bitrix24';
import { UNINSTALLED, type PortalTrouble } from '@app/store';

/** What the administrator of a portal reads, and whether it may pass without an installation. */
interface Words {
  readonly reason: string;
  readonly cure: string;
  /** `by-itself`: it is worth asking again, now and then. `by-installation`: nothing else helps, and nobody asks again. */
  readonly ends: 'by-itself' | 'by-installation';
}

const REINSTALL =
  'Reinstall the application in Bitrix24, as an administrator; calls that wait are filed then.';

/** Troubles by their kind, which is that of the portal's error but for the last one. */
const WORDS: Readonly<Partial<Record<PortalErrorKind | typeof UNINSTALLED, Words>>> = {
  'refresh-token-dead': {
    reason: 'Bitrix24 does not accept our tokens any more.',
    cure: REINSTALL,
    ends: 'by-installation',
  },
  'client-rejected': {
    reason: 'Bitrix24 does not know this application, or not with the key that we have.',
    cure: `Compare Application ID and Application key; give a new key to "portals re-key". If the application was deleted, add it anew. ${REINSTALL}`,
    ends: 'by-installation',
  },
  'no-rest-on-this-plan': {
    reason: 'The portal has no plan with REST, or the application is not paid for.',
    cure: 'Renew the plan or the Market subscription of the portal; the connector then goes on by itself.',
    ends: 'by-itself',
  },
  'access-denied': {
    reason: 'The portal denies the connector access.',
    cure: `See that the application has its permissions (telephony, user_basic, crm, im), and that whoever installed it is still an administrator. ${REINSTALL}`,
    ends: 'by-itself',
  },
  'confirmation-needed': {
    reason: 'The portal waits for an administrator to confirm what the connector asked for.',
    cure: 'Confirm it in the notifications of Bitrix24; the connector then goes on by itself.',
    ends: 'by-itself',
  },
  'portal-deleted': {
    reason: 'The portal was deleted, or its public part is closed.',
    cure: 'Open the portal again; the connector then goes on by itself.',
    ends: 'by-itself',
  },
  'blocked-by-vendor': {
    reason: 'Bitrix24 has blocked REST of this portal for overload.',
    cure: 'Ask the support of Bitrix24 to lift the block; the connector then goes on by itself.',
    ends: 'by-itself',
  },
  'bad-address': {
    reason: 'There is no portal at its address, or it is none that the connector may call.',
    cure: 'A portal inside your own network has to be named in ALLOWED_PORTALS. One that has moved: reinstall the application.',
    ends: 'by-itself',
  },
  redirected: {
    reason: 'The portal sends us to an address that the connector may not call.',
    cure: REINSTALL,
    ends: 'by-itself',
  },
  'untrusted-certificate': {
    reason: 'The certificate of the portal is not valid.',
    cure: 'Mend the certificate of the portal; the connector then goes on by itself.',
    ends: 'by-itself',
  },
  'https-required': {
    reason: 'The portal wants https.',
    cure: REINSTALL,
    ends: 'by-itself',
  },
  'method-not-found': {
    reason: 'The portal does not have a method that the connector needs.',
    cure: 'A self-hosted portal needs the module "telephony" and an update; the connector then goes on by itself.',
    ends: 'by-itself',
  },
  'crm-not-installed': {
    reason: 'The portal has no CRM.',
    cure: 'Install the CRM in the portal; the connector then goes on by itself.',
    ends: 'by-itself',
  },
  [UNINSTALLED]: {
    reason: 'The application was removed from the portal.',
    cure: 'Install the application again; calls that wait are filed then.',
    ends: 'by-installation',
  },
};

const UNKNOWN: Words = {
  reason: 'The portal refuses the connector.',
  cure: 'See what it says. When it is mended the connector goes on by itself; if not, reinstall the application.',
  ends: 'by-itself',
};

/** The kinds of trouble that may pass without an installation. */
export const passingTroubles: readonly string[] = [
  ...Object.entries(WORDS)
    .filter(([, { ends }]) => ends === 'by-itself')
    .map(([kind]) => kind),
  'refused',
  'invalid-params',
];

/** Whether only an installation ends this trouble: asking again is no use. */
export function needsInstallation({ kind }: PortalTrouble): boolean {
  return !passingTroubles.includes(kind);
}

/** What an error means for its whole portal; undefined: nothing, it is about this request or passes soon. */
export function troubleOf(error: PortalError): PortalTrouble | undefined {
  if (error.verdict !== 'ask-a-person') return undefined;
  const { reason, cure } = WORDS[error.kind] ?? UNKNOWN;
  const said = [error.code, error.description].filter((part) => part !== '').join(': ');
  return { kind: error.kind, reason: said === '' ? reason : `${reason} Bitrix24 said: ${said}`, cure };
}

/** The application was removed. */
export const uninstalled: PortalTrouble = wordsOf(UNINSTALLED);

/** There is nobody who could renew the tokens: the portal was connected without an application. */
export const notRenewable: PortalTrouble = {
  ...wordsOf('refresh-token-dead'),
  reason: 'The tokens of this portal have expired, and the connector has nothing to renew them with.',
};

function wordsOf(kind: 'refresh-token-dead' | typeof UNINSTALLED): PortalTrouble {
  const { reason, cure } = WORDS[kind] ?? UNKNOWN;
  return { kind, reason, cure };
}
