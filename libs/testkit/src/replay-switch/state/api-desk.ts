import { API_COMMANDS, unknownCommand, type SwitchView } from './api-commands';

/**
 * Answers an api command in place of the switch. `jobUuid` is set when it was called by bgapi: then undefined means
 * that no BACKGROUND_JOB is sent (a capture being played brings its own). By api, undefined is an empty answer.
 */
export type ApiAnswer = (
  args: string,
  jobUuid: string | undefined,
) => string | undefined | Promise<string | undefined>;

/** Answers api commands: a test's own answers first, then the switch's. */
export class ApiDesk {
  constructor(
    private readonly answers: Readonly<Record<string, ApiAnswer>>,
    private readonly view: () => SwitchView,
  ) {}

  /** Output of a command. An answer that throws becomes "-ERR <message>". */
  async call(command: string, args: string, jobUuid?: string): Promise<string | undefined> {
    if (Object.hasOwn(this.answers, command)) return this.#askTest(command, args, jobUuid);
    const known = Object.hasOwn(API_COMMANDS, command) ? API_COMMANDS[command] : undefined;
    return known ? known(args, this.view()) : unknownCommand(command);
  }

  async #askTest(command: string, args: string, jobUuid: string | undefined): Promise<string | undefined> {
    try {
      return await this.answers[command]?.(args, jobUuid);
    } catch (error) {
      return `-ERR ${error instanceof Error ? error.message : String(error)}\n`;
    }
  }
}
