import { styleText } from 'node:util';

export type Colour = 'green' | 'yellow' | 'red' | 'dim' | 'bold';

/** Where a command is read and written. */
export interface Terminal {
  /** What was asked for: stdout. */
  write(text: string): void;
  /** What is said beside it: stderr. */
  tell(text: string): void;
  /** Whether somebody is there to answer. */
  readonly isInteractive: boolean;
  /** One line that somebody types. */
  ask(question: string): Promise<string>;
  /** The same without showing what is typed. */
  askSecret(question: string): Promise<string>;
  /** All that is piped in. */
  readInput(): Promise<string>;
  /** The text in a colour, where there are colours. */
  paint(colour: Colour, text: string): string;
}

/** Paints, or leaves the text alone: colours are for terminals and for those who did not set NO_COLOR. */
export function painter(hasColours: boolean): Terminal['paint'] {
  return (colour, text) => (hasColours ? styleText(colour, text, { validateStream: false }) : text);
}

/** Whether what is written there may have colours (no-color.org). */
export function hasColours(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  return stream.isTTY === true && (env.NO_COLOR ?? '') === '';
}
