import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { Writable } from 'node:stream';
import { hasColours, painter, type Terminal } from './terminal';

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process;
  return {
    write: (line) => void stdout.write(`${line}\n`),
    tell: (line) => void stderr.write(`${line}\n`),
    isInteractive: stdin.isTTY,
    ask: (question) => askOn(stderr, question),
    askSecret: async (question) => {
      stderr.write(question);
      // Echoes nothing: what is typed must not stand on the screen, nor in its scroll-back.
      const answer = await askOn(new Writable({ write: (_chunk, _encoding, done) => done() }), '');
      stderr.write('\n');
      return answer;
    },
    readInput: () => text(stdin),
    paint: painter(hasColours(stdout, env)),
  };
}

async function askOn(output: NodeJS.WritableStream, question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  try {
    return (await lines.question(question)).trim();
  } finally {
    lines.close();
  }
}
