export interface TestPhoneOptions {
  readonly user: string;
  readonly password?: string;
  /** Domain of the address. */
  readonly domain?: string;
  readonly displayName?: string;
}
