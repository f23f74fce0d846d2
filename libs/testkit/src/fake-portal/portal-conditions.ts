/** The plan of a portal. Enterprise (`ent`) has the wider rate limit. */
export interface License {
  /** e.g. std, ent250 */
  readonly type: string;
  /** e.g. std, ent */
  readonly family: string;
}

/** What holds for a portal as a whole; tests change it while it runs. */
export interface PortalConditions {
  languageId: string;
  license: License;
  /** False: no commercial plan, every REST request is 403 ACCESS_DENIED. */
  hasRest: boolean;
  /** True: every request is 503 OVERLOAD_LIMIT; in reality only support lifts it. */
  isOverloaded: boolean;
  /** True: every request is 500 PORTAL_DELETED, and nobody gets tokens. */
  isDeleted: boolean;
  /** What stands in `error` where the documentation has ERROR_CORE: portals in the field send it empty. */
  coreErrorCode: 'ERROR_CORE' | '';
}

export const STANDARD: License = { type: 'std', family: 'std' };
export const ENTERPRISE: License = { type: 'ent250', family: 'ent' };

export const ordinaryConditions = (license: License, coreErrorCode: 'ERROR_CORE' | ''): PortalConditions => ({
  languageId: 'en',
  license,
  hasRest: true,
  isOverloaded: false,
  isDeleted: false,
  coreErrorCode,
});
