/** What the schemas of one method must take, and what must not pass. */
export interface Samples {
  readonly goodParams: readonly unknown[];
  readonly badParams: readonly unknown[];
  readonly goodResults: readonly unknown[];
  readonly badResults: readonly unknown[];
}
