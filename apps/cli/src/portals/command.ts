import type { CliSettings } from '@app/config';
import type { Connector } from '../connector';
import type { ExitCode } from '../exit-codes';
import type { Terminal } from '../terminal/terminal';

/** What a command has at hand. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly settings: CliSettings;
  readonly connector: Connector;
}

/** One verb of `portals`. */
export interface PortalsCommand {
  /** `add [--kind local|market] ...` */
  readonly usage: string;
  /** One line for the list of commands. */
  readonly about: string;
  /** Throws UsageError, Refusal, StoreError. */
  run(args: readonly string[], context: CommandContext): Promise<ExitCode>;
}
