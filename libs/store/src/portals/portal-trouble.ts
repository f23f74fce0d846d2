/** Why nothing can be sent to a portal until a person has acted. */
export interface PortalTrouble {
  /** A word that programs know: `refresh-token-dead`. */
  readonly kind: string;
  /** What is wrong, for the administrator. */
  readonly reason: string;
  /** What to do about it. */
  readonly cure: string;
}

/** The application is gone: only an installation ends this, whatever else is told of the portal. */
export const UNINSTALLED = 'uninstalled';

/** Empties all four columns of a trouble. */
export const NO_TROUBLE =
  'trouble_kind = NULL, trouble_reason = NULL, trouble_cure = NULL, trouble_since = NULL';

/** The columns of a trouble as a row has them. */
export interface TroubleColumns {
  readonly trouble_kind: string | null;
  readonly trouble_reason: string | null;
  readonly trouble_cure: string | null;
}

/** The trouble in a row; undefined when the portal works. */
export function troubleIn(row: TroubleColumns): PortalTrouble | undefined {
  const { trouble_kind: kind, trouble_reason: reason, trouble_cure: cure } = row;
  return kind === null ? undefined : { kind, reason: reason ?? '', cure: cure ?? '' };
}
