import { mistakesOf } from './issues';
import { buildCast, castMistakes } from './build-cast';
import { castFile, type WrittenCast } from './cast';
import { didYouMean } from './did-you-mean';
import { expectationsShape, type Expectations } from './expectations';
import { VERBS } from './lexicon';
import { ScenarioFileError, type Mistake } from './mistakes';
import { readStep } from './read-step';
import { THINGS } from './read-subject';
import type { Cast } from './people';
import type { Scenario } from './scenario';
import { scenarioFile, type ScenarioFile } from './scenario-file';
import { schemaPaths } from './schema-paths';
import type { Step } from './step';
import { wordsFor } from './words';
import { YamlText } from './yaml-text';

/** Reads a cast.yaml. @throws ScenarioFileError */
export function readCast(file: string, text: string): WrittenCast {
  const yaml = new YamlText(file, text);
  const parsed = castFile.safeParse(yaml.content ?? {});
  if (!parsed.success)
    throw new ScenarioFileError(file, mistakesOf(parsed.error, yaml, [], schemaPaths(castFile)));
  return parsed.data;
}

/**
 * Reads a scenario.
 *
 * @param shared the people, clients and lines that it shares with others
 * @throws ScenarioFileError with all that is wrong, each with its place
 */
export function readScenario(file: string, text: string, shared: WrittenCast): Scenario {
  const yaml = new YamlText(file, text);
  const parsed = scenarioFile.safeParse(yaml.content);
  if (!parsed.success)
    throw new ScenarioFileError(file, mistakesOf(parsed.error, yaml, [], schemaPaths(scenarioFile)));
  return new ScenarioReader(yaml, parsed.data, shared).read();
}

class ScenarioReader {
  readonly #mistakes: Mistake[] = [];
  readonly #cast: Cast;

  constructor(
    private readonly yaml: YamlText,
    private readonly written: ScenarioFile,
    private readonly shared: WrittenCast,
  ) {
    this.#cast = buildCast(shared, written);
  }

  read(): Scenario {
    const { written, yaml } = this;
    const { scenario: title, about, tags, captured, only, settings, tolerates } = written;
    this.#checkNames();
    const words = wordsFor(this.#names());
    const reading = { yaml, cast: this.#cast, words, verbs: VERBS };
    const steps = written.steps.map((step, index) =>
      readStep(step, ['steps', index], reading, this.#mistakes),
    );
    const then = this.#expectations(words);
    if (this.#mistakes.length > 0 || !then) throw new ScenarioFileError(yaml.file, inOrder(this.#mistakes));
    return {
      file: yaml.file,
      source: yaml.text,
      title,
      about,
      tags,
      captured,
      only: only?.on,
      onlyBecause: only?.because,
      cast: this.#cast,
      settings,
      steps: steps.filter((step): step is Step => step !== undefined),
      then,
      tolerated: new Map(Object.entries(tolerates)),
      lineOf: (path) => yaml.lineOf(path),
    };
  }

  #names() {
    const ids = (all: readonly { readonly id: string }[]): string[] => all.map(({ id }) => id);
    const { people, clients, lines } = this.#cast;
    return { people: ids(people), clients: ids(clients), lines: ids(lines) };
  }

  #checkNames(): void {
    const { people = [], clients = [] } = this.written;
    this.#checkKnown('people', people, Object.keys(this.shared.people ?? {}));
    this.#checkKnown('clients', clients, Object.keys(this.shared.clients ?? {}));
    for (const id of Object.values(this.#names()).flat())
      if ((THINGS as readonly string[]).includes(id))
        this.#mistake(['people', id], `nobody can be called "${id}": it has a meaning already`);
    for (const { path, text } of castMistakes(this.#cast)) this.#mistake(path, text);
  }

  /** Names in a list have to be those of the cast; in a map they may be new. */
  #checkKnown(where: string, written: readonly string[] | object, known: readonly string[]): void {
    if (!Array.isArray(written)) return;
    (written as readonly string[]).forEach((id, index) => {
      if (!known.includes(id))
        this.#mistake([where, index], `"${id}" is not in the cast${didYouMean(id, known)}`);
    });
  }

  #expectations(words: ReturnType<typeof wordsFor>): Expectations | undefined {
    const shape = expectationsShape(words);
    const parsed = shape.safeParse(this.written.then);
    if (parsed.success) return parsed.data;
    this.#mistakes.push(...mistakesOf(parsed.error, this.yaml, ['then'], schemaPaths(shape)));
    return undefined;
  }

  #mistake(path: readonly (string | number)[], text: string): void {
    this.#mistakes.push(this.yaml.mistake(path, text));
  }
}

function inOrder(mistakes: readonly Mistake[]): Mistake[] {
  return mistakes.toSorted((a, b) => a.line - b.line || a.column - b.column);
}
