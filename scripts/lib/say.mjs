/** What the launcher says: always on stderr, so that stdout belongs to the command that was asked for. */

const colours = Boolean(process.stderr.isTTY) && !process.env.NO_COLOR;
const tag = colours ? '\u001b[2m[run]\u001b[0m' : '[run]';

/** Prints one line about what is being done. */
export function say(text) {
  process.stderr.write(`${tag} ${text}\n`);
}

/** Something the user can put right: printed as its sentence alone, without a stack. */
export class Refusal extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.name = 'Refusal';
    this.exitCode = exitCode;
  }
}

/** Prints why a command ended early. */
export function explain(error) {
  say(error instanceof Refusal ? error.message : (error.stack ?? String(error)));
}

/** Seconds since `startedAt` (ms, from performance.now()), for a message. */
export function since(startedAt) {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}
