/** What a token stands for: one application on one portal, in the name of one user. */
export interface Grant {
  readonly memberId: string;
  readonly clientId: string;
  readonly userId: number;
  readonly scopes: readonly string[];
}
