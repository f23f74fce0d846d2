/** Why a request was refused: what it is answered, and what a person in front of the frame reads. */
const REFUSALS = {
  'not-found': { status: 404, words: 'There is nothing here.' },
  malformed: { status: 400, words: 'Bitrix24 sent something that the connector cannot read.' },
  'not-an-install': { status: 400, words: 'This address takes installations only.' },
  'wrong-content-type': { status: 415, words: 'Bitrix24 sent something that the connector cannot read.' },
  'too-large': { status: 413, words: 'The request is too large.' },
  'too-many-failures': {
    status: 429,
    words: 'There were too many failed installations from this network address. Try again in a few minutes.',
  },
  'oauth-server-not-pinned': {
    status: 403,
    words:
      'The portal uses an authorization server that the connector does not know. If it is genuine, add it to the allowed servers of the connector.',
  },
  'token-refused': {
    status: 403,
    words:
      'Bitrix24 does not confirm this installation. Check that the connector was given the Application ID and the Application key of this very application, and that its subscription is paid; then reinstall the application.',
  },
  'portal-refused': {
    status: 403,
    words:
      'The portal refuses the connector. REST needs a commercial plan with a Market subscription; when there is one, reinstall the application.',
  },
  'other-portal': {
    status: 403,
    words: 'This local application belongs to another portal. Every portal needs an application of its own.',
  },
  'portal-address-refused': {
    status: 403,
    words:
      'The address of this portal is not a public https address. If it is meant to be so, add it to the allowed portals of the connector.',
  },
  'not-an-administrator': {
    status: 403,
    words:
      'Only an administrator of the portal can connect it. Ask an administrator to open this application.',
  },
  'unknown-portal': {
    status: 403,
    words: 'The connector does not recognise this portal. Ask an administrator to reinstall the application.',
  },
  'wrong-application-token': {
    status: 403,
    words: 'The connector does not recognise this portal. Ask an administrator to reinstall the application.',
  },
  'portal-unavailable': {
    status: 503,
    words: 'Bitrix24 did not answer the connector. Open this page again in a minute.',
  },
  'store-unavailable': {
    status: 503,
    words: 'The connector cannot reach its database. Open this page again in a minute.',
  },
  internal: { status: 500, words: 'The connector has made a mistake. Its log tells more.' },
} as const;

/** A word for logs and metrics. The one who asked is told the status alone. */
export type RefusalReason = keyof typeof REFUSALS;

/** The door's one error: the request is not served. Never carries anything of the request that could be a secret. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  /** For the person who sees the page. */
  readonly words: string;

  /** `detail`: for the log, without values of the request. */
  constructor(
    readonly reason: RefusalReason,
    { detail, cause }: { readonly detail?: string; readonly cause?: unknown } = {},
  ) {
    super(detail === undefined ? reason : `${reason}: ${detail}`, { cause });
    ({ status: this.status, words: this.words } = REFUSALS[reason]);
  }
}

/** Makes a refusal of whatever was thrown on the way: by us, by the body reader, by Nest's router. */
export function refusalOf(thrown: unknown): Refusal {
  if (thrown instanceof Refusal) return thrown;
  const status = statusOf(thrown);
  if (status === 413) return new Refusal('too-large');
  if (status === 415) return new Refusal('wrong-content-type');
  if (status === 404) return new Refusal('not-found');
  if (status !== undefined && status < 500) return new Refusal('malformed');
  return new Refusal('internal', { cause: thrown });
}

function statusOf(thrown: unknown): number | undefined {
  const status: unknown = thrown instanceof Error ? Reflect.get(thrown, 'status') : undefined;
  return typeof status === 'number' ? status : undefined;
}
