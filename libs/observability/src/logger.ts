import pino, { type DestinationStream, type Logger } from 'pino';
import { redact, redactText } from './redact';

export type { Logger } from 'pino';

/** Who logs, and how much of it. */
export interface LoggerOptions {
  /** Stands in every line: `gateway`, `worker`. */
  readonly app: string;
  /** The least important level that is written, as in LOG_LEVEL. */
  readonly level: string;
  /** stdout unless given. */
  readonly destination?: DestinationStream;
}

/**
 * A logger that writes one line of JSON per message: what users and callers have typed cannot break out of its line
 * (JSON escapes line ends and other control characters), and secrets are taken out on the way.
 */
export function createLogger({ app, level, destination = pino.destination(1) }: LoggerOptions): Logger {
  return pino(
    {
      level,
      base: { app },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => redact(fields) as Record<string, unknown>,
      },
      // redact() has already made a plain object of the error.
      serializers: { err: (error: unknown) => error },
      hooks: { streamWrite: redactText },
    },
    destination,
  );
}
