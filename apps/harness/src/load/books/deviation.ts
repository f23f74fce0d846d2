/** Something that is not as it has to be. */
export interface Deviation {
  /**
   * `lost`: the call itself went otherwise than planned; `not-filed-yet`: the portal may still get it; `wrong`: the portal
   * holds something else than the truth; `too-many`: it belongs to no call.
   */
  readonly kind: 'lost' | 'not-filed-yet' | 'wrong' | 'too-many';
  /** Which call, in words; missing: none of the load. */
  readonly call?: string;
  readonly expected: string;
  readonly came: string;
}
