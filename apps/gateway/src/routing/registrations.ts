import { EslCommandError, type SwitchCommands } from '@app/esl';
import type { Address } from './presence';

/** Where somebody's phones are, as parts of a dial string, one for each phone; undefined: none is registered. */
export type Contacts = string | undefined;

/**
 * The registered phones of people, asked from the switch. Each phone is named in the dial string with what it has to know
 * about itself, as the `group-dial-string` of our directory does: `user/1001,user/1002` would ring only one phone of each.
 */
export class Registrations {
  readonly #asked = new Map<string, Promise<Contacts>>();

  constructor(
    private readonly commands: Pick<SwitchCommands, 'api'>,
    private readonly timeoutMs: number,
  ) {}

  /**
   * The phones of somebody. Who asks while an answer is on its way gets the same: twenty calls at once ask once. An earlier answer
   * counts no more, since a phone that has moved meanwhile could not be rung where it was.
   *
   * @throws EslError when the switch does not say
   */
  async contactsOf({ extension, domain }: Required<Address>): Promise<Contacts> {
    const address = `${extension}@${domain}`;
    const asked = this.#asked.get(address);
    if (asked) return asked;
    const contacts = this.ask(address, domain).finally(() => this.#asked.delete(address));
    this.#asked.set(address, contacts);
    return contacts;
  }

  private async ask(address: string, domain: string): Promise<Contacts> {
    const perPhone = `[presence_id=${address},sip_invite_domain=${domain}]`;
    try {
      const answer = await this.commands.api('sofia_contact', `*/${address}/${perPhone}`, {
        timeoutMs: this.timeoutMs,
      });
      return dialable(answer.trim(), perPhone);
    } catch (error) {
      if (error instanceof EslCommandError) return undefined;
      throw error;
    }
  }
}

/**
 * A phone tells its own address when it registers, and that becomes part of a dial string: what could change its structure
 * is no address. `error/user_not_registered` is what the switch says of somebody without a phone.
 */
function dialable(answer: string, perPhone: string): Contacts {
  const parts = answer.split(perPhone).slice(1);
  const isPlain = (part: string) => /^sofia\/[^\s[\]{}<>|^'"\\$,]+,?$/.test(part) && !part.includes(':_:');
  return answer.startsWith(perPhone) && parts.every(isPlain) ? answer : undefined;
}
