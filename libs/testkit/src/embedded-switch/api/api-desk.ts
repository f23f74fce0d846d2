import type { Channel, EventBus } from '../core';

/** An api command: its arguments in, its output out. `channel` is who asks, in an expression of its dial plan. */
export type ApiCommand = (args: string, channel?: Channel) => string | Promise<string>;

/** Answers api commands, of clients and inside of expressions, and tells of each (event API). */
export class ApiDesk {
  readonly #commands = new Map<string, ApiCommand>();

  /** @param events of the present life of the switch */
  constructor(private readonly events: () => EventBus) {}

  know(commands: Readonly<Record<string, ApiCommand>>): void {
    for (const [name, command] of Object.entries(commands)) this.#commands.set(name, command);
  }

  /** Output of a command; what goes wrong in it becomes "-ERR <message>". */
  async call(command: string, args: string): Promise<string> {
    const known = this.#commands.get(command);
    if (!known) return `-ERR ${command} Command not found!\n`;
    this.#tell(command, args);
    try {
      return await known(args);
    } catch (error) {
      return `-ERR ${error instanceof Error ? error.message : String(error)}\n`;
    }
  }

  /**
   * The same inside an expression, where nothing can be waited for: a command that takes time is started, and its output
   * is lost.
   *
   * @returns undefined when there is none of that name
   */
  evaluate(command: string, args: string, channel?: Channel): string | undefined {
    const known = this.#commands.get(command);
    if (!known) return undefined;
    this.#tell(command, args);
    const output = known(args, channel);
    if (typeof output === 'string') return output;
    output.catch(() => undefined);
    return '';
  }

  #tell(command: string, args: string): void {
    this.events().fire('API', {
      'API-Command': command,
      ...(args !== '' && { 'API-Command-Argument': args }),
    });
  }
}
