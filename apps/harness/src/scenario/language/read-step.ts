import { z } from 'zod';
import { didYouMean } from './did-you-mean';
import { duration } from './duration';
import { mistakesOf } from './issues';
import type { Mistake } from './mistakes';
import { readSubject } from './read-subject';
import type { Cast } from './scenario';
import type { Step, Subject } from './step';
import type { Modifier, Verb } from './verb';
import type { Words } from './words';
import type { YamlPath, YamlText } from './yaml-text';

/** What a step needs to be understood. */
export interface StepReading {
  readonly yaml: YamlText;
  readonly cast: Cast;
  readonly words: Words;
  readonly verbs: readonly Verb[];
}

export const MODIFIERS = ['within', 'after', 'for'] as const satisfies Modifier[];
const HOW = 'a step is written "somebody: does something", such as "anna: rings"';

/** Ends the reading of a step. */
class Misread extends Error {
  constructor(readonly mistakes: readonly Mistake[]) {
    super('misread');
  }
}

/** Reads one step; what is wrong with it goes to `mistakes`. */
export function readStep(
  written: unknown,
  path: YamlPath,
  reading: StepReading,
  mistakes: Mistake[],
): Step | undefined {
  try {
    return new StepReader(reading, path).read(written);
  } catch (error) {
    if (!(error instanceof Misread)) throw error;
    mistakes.push(...error.mistakes);
    return undefined;
  }
}

class StepReader {
  constructor(
    private readonly reading: StepReading,
    private readonly path: YamlPath,
  ) {}

  read(written: unknown): Step {
    if (!isMap(written)) this.#refuse(this.path, HOW);
    const keys = Object.keys(written);
    const subjects = keys.filter((key) => !isModifier(key));
    const [key, second] = subjects;
    if (key === undefined) this.#refuse(this.path, `nobody does anything here: ${HOW}`);
    if (second !== undefined)
      this.#refuse([...this.path, second], `two do something here, "${key}" and "${second}": one step each`);
    const subject = this.#subject(key);
    const { verb, args, said } = this.#verb(subject, written[key]);
    return {
      text: [subject.text, said, ...this.#modifierTexts(written)].join(' '),
      line: this.reading.yaml.lineOf(this.path),
      subject,
      verb,
      args,
      ...this.#modifiers(written, verb),
    };
  }

  #subject(key: string): Subject {
    const subject = readSubject(key, this.reading.cast);
    if ('error' in subject) this.#refuse([...this.path, key], subject.error);
    return subject;
  }

  #verb(subject: Subject, value: unknown): { verb: Verb; args: Step['args']; said: string } {
    const at = [...this.path, subject.text];
    if (typeof value === 'string') {
      const verb = this.#find(subject, value, at);
      if (!verb.bare) this.#refuse(at, `"${value}" needs something after it: - ${verb.example}`);
      return { verb, args: {}, said: value };
    }
    if (!isMap(value)) this.#refuse(at, HOW);
    const [first = ''] = Object.keys(value);
    const spelled = Object.keys(value).find((key) => this.#candidates(subject).some(spells(key))) ?? first;
    const verb = this.#find(subject, spelled, [...at, first]);
    return { verb, ...this.#args(subject, verb, spelled, value) };
  }

  #args(subject: Subject, verb: Verb, spelled: string, value: Readonly<Record<string, unknown>>) {
    const at = [...this.path, subject.text];
    if (!verb.shape) this.#refuse([...at, spelled], `"${spelled}" stands alone: - ${verb.example}`);
    const shape = verb.shape(this.reading.words);
    // In the plural the object stands under another word.
    const { [spelled]: object, ...rest } = value;
    const parsed = z.strictObject(shape).safeParse({ [verb.one]: object, ...rest });
    if (!parsed.success) {
      const respelled = parsed.error.issues.map((issue) =>
        issue.path[0] === verb.one ? { ...issue, path: [spelled, ...issue.path.slice(1)] } : issue,
      );
      const mistakes = mistakesOf(new z.ZodError(respelled), this.reading.yaml, at, () => Object.keys(shape));
      throw new Misread(mistakes);
    }
    const said = Object.entries(value).map(([key, part]) => (part === true ? key : `${key} ${asText(part)}`));
    return { args: parsed.data, said: said.join(' ') };
  }

  /** Verbs that such a subject has. */
  #candidates({ kind, phones }: Subject): Verb[] {
    const isOne = phones.length <= 1;
    return this.reading.verbs.filter(
      ({ who, several, isMutual }) => who.includes(kind) && (isOne ? isMutual !== true : several !== undefined),
    );
  }

  #find(subject: Subject, spelled: string, at: YamlPath): Verb {
    const candidates = this.#candidates(subject);
    const found = candidates.find(spells(spelled));
    if (found) return found;
    const elsewhere = this.reading.verbs.find(spells(spelled));
    const known = candidates.map(({ one, several }) => (subject.phones.length > 1 ? (several ?? one) : one));
    this.#refuse(
      at,
      elsewhere
        ? `${subject.text} cannot do "${spelled}"${elsewhere.isMutual ? ': it takes two' : ''}`
        : `"${spelled}" is nothing that ${subject.text} can do${didYouMean(spelled, known)}`,
    );
  }

  #modifiers(written: Readonly<Record<string, unknown>>, verb: Verb): Partial<Step> {
    const found = MODIFIERS.filter((name) => written[name] !== undefined).map((name) => {
      if (!verb.takes.includes(name))
        this.#refuse([...this.path, name], `"${name}" makes no sense with "${verb.one}"`);
      const parsed = duration.safeParse(written[name]);
      if (!parsed.success)
        throw new Misread(mistakesOf(parsed.error, this.reading.yaml, [...this.path, name]));
      return [`${name}Ms`, parsed.data];
    });
    return Object.fromEntries(found) as Partial<Step>;
  }

  #modifierTexts(written: Readonly<Record<string, unknown>>): string[] {
    return MODIFIERS.filter((name) => written[name] !== undefined).map(
      (name) => `${name} ${asText(written[name])}`,
    );
  }

  #refuse(path: YamlPath, text: string): never {
    throw new Misread([this.reading.yaml.mistake(path, text)]);
  }
}

function spells(text: string): (verb: Verb) => boolean {
  return ({ one, several }) => one === text || several === text;
}

function isModifier(key: string): key is Modifier {
  return (MODIFIERS as readonly string[]).includes(key);
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asText(value: unknown): string {
  if (Array.isArray(value)) return value.map(asText).join(', ');
  if (isMap(value)) return Object.entries(value).map(([key, part]) => `${key} ${asText(part)}`).join(' ');
  return String(value);
}
