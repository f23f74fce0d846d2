/** A variable that was pushed to more than once has several values. */
export type VariableValue = string | readonly string[];

/** Channel variables: names are told apart without regard to case, and stand in the order in which they were last set. */
export class Variables {
  readonly #values = new Map<string, VariableValue>();
  /** Lower-case name to the name as written last. */
  readonly #names = new Map<string, string>();

  /** The value, the first of several; undefined = not set. */
  get(name: string): string | undefined {
    const value = this.#values.get(this.#written(name));
    return typeof value === 'object' ? value[0] : value;
  }

  /** One of several values, counted from 0. */
  at(name: string, index: number): string | undefined {
    const value = this.#values.get(this.#written(name));
    if (typeof value === 'object') return value[index];
    return index === 0 ? value : undefined;
  }

  /** Whether the value says yes (switch_true). */
  isTrue(name: string): boolean {
    return isTrue(this.get(name));
  }

  /** Sets a variable; undefined and '' take it away, as FreeSWITCH does. */
  set(name: string, value: VariableValue | undefined): void {
    this.#values.delete(this.#written(name));
    this.#names.delete(name.toLowerCase());
    if (value === undefined || value === '') return;
    this.#names.set(name.toLowerCase(), name);
    this.#values.set(name, value);
  }

  /** Adds one more value. */
  push(name: string, value: string): void {
    const written = this.#written(name);
    const known = this.#values.get(written);
    if (known === undefined) this.set(name, value);
    else this.#values.set(written, [known, value].flat());
  }

  delete(name: string): void {
    this.set(name, undefined);
  }

  entries(): [string, VariableValue][] {
    return [...this.#values.entries()];
  }

  #written(name: string): string {
    return this.#names.get(name.toLowerCase()) ?? name;
  }
}

const YES = new Set(['yes', 'on', 'true', 't', 'enabled', 'active', 'allow']);

/** What FreeSWITCH takes for yes (switch_true): a word, or a number that is not 0. */
export function isTrue(text: string | undefined): boolean {
  if (text === undefined) return false;
  return YES.has(text.toLowerCase()) || (/^-?\d+$/.test(text) && Number(text) !== 0);
}
