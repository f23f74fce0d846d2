import { z } from 'zod';
import { didYouMeanPhrase } from './did-you-mean';
import { duration } from './duration';
import { mistakesOf } from './issues';
import type { Mistake } from './mistakes';
import { readSentence } from './read-sentence';
import { readSubject } from './read-subject';
import type { Cast } from './people';
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

interface Predicate {
  readonly verb: Verb;
  /** The verb alone, or with what stands after it. */
  readonly value: string | Readonly<Record<string, unknown>>;
  readonly modifiers: Readonly<Record<string, unknown>>;
}

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
    const { verb, value, modifiers } = this.#predicate(subject, written[key]);
    const said = typeof value === 'string' ? value : asText(value);
    const all = { ...written, ...modifiers };
    return {
      text: [subject.text, said, ...this.#modifierTexts(all)].join(' '),
      line: this.reading.yaml.lineOf(this.path),
      subject,
      verb,
      args: typeof value === 'string' ? {} : this.#args(subject, verb, value),
      ...this.#modifiers(all, verb),
    };
  }

  #subject(key: string): Subject {
    const subject = readSubject(key, this.reading.cast);
    if ('error' in subject) this.#refuse([...this.path, key], subject.error);
    return subject;
  }

  /** What is said of a subject: a sentence, "transfers ivan to boris", or the same as a map. */
  #predicate(subject: Subject, written: unknown): Predicate {
    const at = [...this.path, subject.text];
    if (typeof written === 'string') {
      const sentence = readSentence(written, this.#candidates(subject), this.reading.words);
      if (!sentence) this.#refuse(at, this.#unknownVerb(subject, written));
      const { verb, spelled, args, modifiers } = sentence;
      if (Object.keys(args).length === 0 && !verb.bare)
        this.#refuse(at, `"${spelled}" needs something after it: - ${verb.example}`);
      const isAlone = Object.keys(args).length === 0;
      return { verb, value: isAlone ? spelled : { [spelled]: true, ...args }, modifiers };
    }
    if (!isMap(written)) this.#refuse(at, HOW);
    const [first = ''] = Object.keys(written);
    const spelled = Object.keys(written).find((key) => this.#candidates(subject).some(spells(key))) ?? first;
    const verb = this.#candidates(subject).find(spells(spelled));
    if (!verb) this.#refuse([...at, first], this.#unknownVerb(subject, spelled));
    return { verb, value: written, modifiers: {} };
  }

  #args(subject: Subject, verb: Verb, value: Readonly<Record<string, unknown>>): Step['args'] {
    const at = [...this.path, subject.text];
    const spelled = Object.keys(value).find((key) => spells(key)(verb)) ?? verb.one;
    if (!verb.shape) this.#refuse([...at, spelled], `"${spelled}" stands alone: - ${verb.example}`);
    const shape = verb.shape(this.reading.words);
    // In the plural the object stands under another word.
    const { [spelled]: object, ...rest } = value;
    const parsed = z.strictObject(shape).safeParse({ [verb.one]: object, ...rest });
    if (parsed.success) return parsed.data;
    const respelled = parsed.error.issues.map((issue) =>
      issue.path[0] === verb.one ? { ...issue, path: [spelled, ...issue.path.slice(1)] } : issue,
    );
    const known = (): string[] => Object.keys(shape);
    throw new Misread(mistakesOf(new z.ZodError(respelled), this.reading.yaml, at, known));
  }

  /** Verbs that such a subject has. */
  #candidates({ kind, phones }: Subject): Verb[] {
    const isOne = phones.length <= 1;
    return this.reading.verbs.filter(
      ({ who, several, isMutual }) =>
        who.includes(kind) && (isOne ? isMutual !== true : several !== undefined),
    );
  }

  #unknownVerb(subject: Subject, written: string): string {
    const candidates = this.#candidates(subject);
    const elsewhere = this.reading.verbs.find(({ one, several }) =>
      [one, several].some((word) => word !== undefined && `${written} `.startsWith(`${word} `)),
    );
    if (elsewhere)
      return `${subject.text} cannot do "${elsewhere.one}"${elsewhere.isMutual ? ': it takes two' : ''}`;
    const known = candidates.map(({ one, several }) => (subject.phones.length > 1 ? (several ?? one) : one));
    return `"${written}" is nothing that ${subject.text} can do${didYouMeanPhrase(written, known)}`;
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
  if (isMap(value))
    return Object.entries(value)
      .map(([key, part]) => (part === true ? key : `${key} ${asText(part)}`))
      .join(' ');
  return String(value);
}
