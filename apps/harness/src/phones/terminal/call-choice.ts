import { PhoneError } from '../call/phone-error';
import type { PhoneCall } from '../call/phone-call';

/**
 * Which of several calls a command is for: the one chosen by "line", else the newest that the command makes sense for.
 */
export class CallChoice {
  #chosen: PhoneCall | undefined;

  constructor(private readonly openCalls: () => readonly PhoneCall[]) {}

  /** @param number the 2 of "1001#2". @throws PhoneError */
  choose(number: string): PhoneCall {
    const call = this.openCalls().find(({ ref }) => ref.endsWith(`#${number}`));
    if (!call) throw new PhoneError(`there is no call ${number} now`);
    this.#chosen = call;
    return call;
  }

  /** @throws PhoneError when there is none */
  one(what: string, fits: (call: PhoneCall) => boolean = () => true): PhoneCall {
    const chosen = this.#chosen && !this.#chosen.end && fits(this.#chosen) ? this.#chosen : undefined;
    const call = chosen ?? this.openCalls().findLast(fits);
    if (!call) throw new PhoneError(`there is no call that could be ${what}`);
    return call;
  }

  /** The one that is shown. */
  get current(): PhoneCall | undefined {
    return this.#chosen && !this.#chosen.end ? this.#chosen : this.openCalls().at(-1);
  }
}
