/** How the public door is set up. */
export interface DoorSettings {
  /** Origins of OAuth servers that are trusted besides those of Bitrix24. For tests: http is possible. */
  readonly oauthServers: readonly string[];
  /** Proxies whose X-Forwarded-For is believed: addresses, networks, or `loopback` (Express, "trust proxy"). */
  readonly trustedProxies: readonly string[];
  /** How long the database may take before the answer is 503; ms. The portal waits, and it never asks twice. */
  readonly storeMs: number;
  /** Failed installations that one address may have at once; one is forgiven every `forgivenMs`. */
  readonly failedInstalls: number;
  /** ms. */
  readonly forgivenMs: number;
}

/** 1 MB: the largest event in use is a few kB. */
export const mostBodyBytes = 1024 * 1024;

/** What holds unless the settings say otherwise. */
export const defaultDoorSettings: DoorSettings = {
  oauthServers: [],
  trustedProxies: ['loopback'],
  storeMs: 3_000,
  failedInstalls: 20,
  forgivenMs: 15_000,
};
