import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** The terminal or pipe that a command talks to. */
export interface Console {
  /** One line of the answer. */
  print(line: string): void;
  /** A text that must not be seen: from a prompt that shows nothing, or the first line of a pipe. */
  askSecret(question: string): Promise<string>;
}

/** That of this process. A secret never comes by an argument: the list of processes shows those to everybody. */
export const standardConsole: Console = {
  print: (line) => void process.stdout.write(`${line}\n`),
  askSecret: async (question) => {
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
    if (process.stdin.isTTY) process.stderr.write(question);
    const terminal = process.stdin.isTTY;
    const lines = createInterface({ input: process.stdin, output: nowhere, terminal });
    try {
      return (await lines.question('')).trim();
    } finally {
      lines.close();
      if (terminal) process.stderr.write('\n');
    }
  },
};
