import type { LoggerService } from '@nestjs/common';
import type { Logger } from './logger';

/** Lets Nest's own messages go where ours go. Nest passes the context, and for errors the stack before it, behind the message. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log = (message: unknown, context?: string): void => this.logger.info({ context }, String(message));
  warn = (message: unknown, context?: string): void => this.logger.warn({ context }, String(message));
  debug = (message: unknown, context?: string): void => this.logger.debug({ context }, String(message));
  verbose = (message: unknown, context?: string): void => this.logger.trace({ context }, String(message));
  fatal = (message: unknown, context?: string): void => this.logger.fatal({ context }, String(message));
  error = (message: unknown, stack?: string, context?: string): void =>
    this.logger.error({ context, stack }, String(message));
}
