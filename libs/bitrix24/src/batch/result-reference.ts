const WORD = /^\w+$/;

/** Stands for a result of an earlier command of the same batch. */
export class ResultReference {
  constructor(
    /** Of the command that brings the result. */
    readonly key: string,
    readonly path: readonly (string | number)[],
  ) {
    if (path.length === 0 || ![key, ...path].every((part) => WORD.test(String(part))))
      throw new TypeError(`no reference to a result: ${[key, ...path].join('.')}`);
  }

  /** As the portal wants it: `$result[register][CALL_ID]`. */
  toString(): string {
    return `$result${[this.key, ...this.path].map((part) => `[${part}]`).join('')}`;
  }
}

/**
 * A result of an earlier command as a parameter of a later one: `resultOf('register', 'CALL_ID')`,
 * `resultOf('found', 0, 'ID')`.
 *
 * @throws TypeError if the path is empty, or a part of it is no word
 */
export function resultOf(key: string, ...path: readonly (string | number)[]): ResultReference {
  return new ResultReference(key, path);
}
