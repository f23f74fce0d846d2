import { SwitchConfigError, type Origin } from './switch-config-error';

/**
 * The global variables of a switch while its configuration is read, `$${name}` (switch_xml.c, `expand_vars`): replaced as
 * text, line by line, before anything is XML; what is not set is nothing.
 */
export class GlobalVariables {
  readonly #values: Map<string, string>;

  constructor(builtIn: Readonly<Record<string, string>>) {
    this.#values = new Map(Object.entries(builtIn));
  }

  set(name: string, value: string, origin: Origin): void {
    // The switch would make it `%{` (switch_string_var_check): nobody means that.
    if (/\$\\*\{/.test(value)) throw new SwitchConfigError(`the value of ${name} holds a variable`, origin);
    this.#values.set(name, value);
  }

  expand(text: string, origin: Origin): string {
    let rest = text;
    let expanded = '';
    for (let start = rest.indexOf('$${'); start >= 0; start = rest.indexOf('$${')) {
      const end = rest.indexOf('}', start);
      const name = rest.slice(start + 3, end);
      if (end < 0 || name.includes('{')) throw new SwitchConfigError('$${ without its }', origin);
      expanded += rest.slice(0, start) + (this.#values.get(name) ?? '');
      rest = rest.slice(end + 1);
    }
    return expanded + rest;
  }

  toMap(): ReadonlyMap<string, string> {
    return new Map(this.#values);
  }
}
