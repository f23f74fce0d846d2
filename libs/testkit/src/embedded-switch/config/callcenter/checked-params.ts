import { isTrue } from '../params';
import { SwitchConfigError } from '../switch-config-error';
import { expectOnly, required, type XmlElement } from '../xml-element';

const LONGEST_SECONDS = 86_400;

/** The params of something. One that stands there twice, or that nobody asks for, is an error. */
export class CheckedParams {
  readonly #params: ReadonlyMap<string, XmlElement>;
  readonly #asked: Set<string>;

  /** @param withoutEffect what may be there and changes nothing */
  constructor(params: readonly XmlElement[], withoutEffect: Iterable<string>) {
    this.#asked = new Set(withoutEffect);
    const known = new Map<string, XmlElement>();
    for (const param of params) {
      expectOnly(param, { attributes: ['name', 'value'] });
      const name = required(param, 'name');
      if (known.has(name)) throw new SwitchConfigError(`${name} stands there twice`, param);
      known.set(name, param);
    }
    this.#params = known;
  }

  text(name: string): string | undefined {
    this.#asked.add(name);
    const param = this.#params.get(name);
    return param && (required(param, 'value') || undefined);
  }

  yes(name: string, usual: boolean): boolean {
    const text = this.text(name);
    return text === undefined ? usual : isTrue(text);
  }

  number(name: string, usual: number): number {
    const text = this.text(name);
    return text === undefined ? usual : wholeNumber(text, name, this.#params.get(name)!);
  }

  oneOf<T extends string>(name: string, known: readonly T[], usual: T): T {
    const text = this.text(name);
    if (text === undefined) return usual;
    const found = sameText(known, text);
    if (found) return found;
    throw new SwitchConfigError(
      `${name} "${text}" is not simulated; known: ${known.join(', ')}`,
      this.#params.get(name)!,
    );
  }

  /** Accepts a param as long as it does not want what is not simulated. */
  refuse(name: string, isWanted: (value: string | undefined) => boolean): void {
    if (isWanted(this.text(name))) throw this.#notSimulated(name);
  }

  expectNoMore(): void {
    for (const name of this.#params.keys()) if (!this.#asked.has(name)) throw this.#notSimulated(name);
  }

  #notSimulated(name: string): SwitchConfigError {
    return new SwitchConfigError(`${name} is not simulated`, this.#params.get(name)!);
  }
}

/** The one that says the same, in whatever case. */
export function sameText<T extends string>(known: readonly T[], text: string): T | undefined {
  return known.find((each) => each.toLowerCase() === text.toLowerCase());
}

/** Seconds, or a count. @throws SwitchConfigError for anything else */
export function wholeNumber(text: string, name: string, element: XmlElement): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= LONGEST_SECONDS) return number;
  throw new SwitchConfigError(
    `${name} has to be a number from 0 to ${LONGEST_SECONDS}, not "${text}"`,
    element,
  );
}
