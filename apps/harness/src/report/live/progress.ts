import type { RunListener } from '../run-event';
import { LineProgress } from './line-progress';
import { paintFor } from './paint';
import { ScreenProgress, type Screen } from './screen-progress';

/** What progress is written to: process.stdout, or process.stderr when stdout carries JSON. */
export interface Output extends Screen {
  readonly isTTY?: boolean;
}

/**
 * Progress as it suits an output: lines that draw themselves anew on a terminal, one line per scenario elsewhere.
 *
 * @returns also what gives the terminal back when the run is cut off
 */
export function progressOn(
  output: Output,
  env: Readonly<Record<string, string | undefined>>,
): RunListener & { close(): void } {
  const isTerminal = output.isTTY === true && env.TERM !== 'dumb';
  if (isTerminal) return new ScreenProgress(output, paintFor(true, env));
  const lines = new LineProgress((line) => output.write(`${line}\n`));
  return { on: (event) => lines.on(event), close: () => undefined };
}
