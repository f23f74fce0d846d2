/** The four methods this library needs of a logger; pino's has them. Never given a password or a command's arguments. */
export interface EslLog {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

const nothing = (): void => undefined;

/** The default: says nothing. */
export const silentLog: EslLog = { debug: nothing, info: nothing, warn: nothing, error: nothing };
