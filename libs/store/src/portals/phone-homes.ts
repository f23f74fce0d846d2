/** A place where phones are. */
export interface PhoneHome {
  readonly switchId: string;
  /** SIP domain of the switch; none: whatever the domain. */
  readonly domain?: string;
}

/** What is known of where a portal's phones may be. */
export interface HomeFacts {
  /** What somebody has decided for the portal. */
  readonly chosen: readonly PhoneHome[];
  /** The switches whose calls are this portal's unless something else says otherwise. */
  readonly defaultOf: readonly string[];
  /** Where its lines are. */
  readonly lines: readonly PhoneHome[];
  /** Of the only portal there is: all switches. */
  readonly everywhere: readonly string[];
}

/**
 * Where the extensions of a portal's employees count: an extension is unique within portal, switch and domain only. What was
 * decided; else its switches by default, and where it has lines; else, for the only portal there is, everywhere. A switch
 * as a whole includes its domains.
 */
export function phoneHomes({ chosen, defaultOf, lines, everywhere }: HomeFacts): PhoneHome[] {
  const whole = (switchIds: readonly string[]): PhoneHome[] => switchIds.map((switchId) => ({ switchId }));
  const [homes = []] = [chosen, [...whole(defaultOf), ...lines], whole(everywhere)].filter(
    (candidates) => candidates.length > 0,
  );
  const switchIds = new Set(
    homes.filter(({ domain }) => domain === undefined).map(({ switchId }) => switchId),
  );
  const parts = homes.filter(({ switchId, domain }) => domain !== undefined && !switchIds.has(switchId));
  const named = new Map(parts.map((home) => [`${home.switchId} ${home.domain ?? ''}`, home]));
  return [...whole([...switchIds]), ...named.values()];
}
