import {
  isMap,
  isNode,
  isScalar,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
  type Pair,
} from 'yaml';
import { ScenarioFileError, type Mistake } from './mistakes';

/** Where something stands in a document: keys and indexes from the top. */
export type YamlPath = readonly PropertyKey[];

/** The largest file that makes sense, characters. */
const LONGEST = 200_000;

/** A YAML text that is read, and knows where in it everything stands. */
export class YamlText {
  readonly #document: Document;
  readonly #lines = new LineCounter();
  /** Plain data: maps, lists, texts, numbers. */
  readonly content: unknown;

  /** @throws ScenarioFileError when it is no YAML */
  constructor(
    readonly file: string,
    readonly text: string,
  ) {
    if (text.length > LONGEST)
      throw new ScenarioFileError(file, [{ line: 1, column: 1, text: 'the file is too long' }]);
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
    const mistakes = [...this.#document.errors, ...this.#document.warnings].map(({ message, pos: [at] }) =>
      this.#mistakeAt(at, message),
    );
    if (mistakes.length > 0) throw new ScenarioFileError(file, mistakes);
    try {
      this.content = this.#document.toJS();
    } catch (error) {
      // Aliases that refer to each other, or far too many of them.
      throw new ScenarioFileError(file, [this.#mistakeAt(0, String(error))]);
    }
  }

  /** A mistake about what stands at a path; the nearest thing above it if nothing stands there. */
  mistake(path: YamlPath, text: string): Mistake {
    return this.#mistakeAt(this.#offsetOf(path), text);
  }

  /** The line of what stands at a path, from 1. */
  lineOf(path: YamlPath): number {
    return this.#lines.linePos(this.#offsetOf(path)).line;
  }

  #mistakeAt(offset: number, text: string): Mistake {
    const { line, col } = this.#lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col), text };
  }

  /** Of an entry of a map that of its key, of an entry of a list its own. */
  #offsetOf(path: YamlPath): number {
    if (path.length === 0) return startOf(this.#document.contents) ?? 0;
    const above = path.slice(0, -1);
    const parent: unknown = above.length === 0 ? this.#document.contents : this.#document.getIn(above, true);
    const key = path.at(-1);
    if (isMap(parent)) {
      const pair = parent.items.find((item) => keyOf(item) === String(key));
      const start = startOf(pair?.key);
      if (start !== undefined) return start;
    }
    return startOf(this.#document.getIn(path, true)) ?? this.#offsetOf(above);
  }
}

function keyOf({ key }: Pair): string | undefined {
  return isScalar(key) ? String(key.value) : undefined;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? (node as Node).range?.[0] : undefined;
}
