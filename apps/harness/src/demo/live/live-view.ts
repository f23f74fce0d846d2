import type { LiveCall } from './live-call';

/** Shows the day while it happens. */
export interface LiveView {
  /** Shows how things stand now; called several times a second. */
  show(calls: readonly LiveCall[]): void;
  /** The day is over: leaves the terminal as it should be for what is printed next. */
  end(): void;
}

/** Shows nothing: for machines. */
export const noView: LiveView = { show: () => undefined, end: () => undefined };
