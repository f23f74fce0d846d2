import { z } from 'zod';
import { didYouMean } from './did-you-mean';

/** The names of a scenario, as schemas: what does not exist is told with what was probably meant. */
export interface Words {
  /** An employee. */
  readonly person: z.ZodType<string>;
  /** Somebody outside. */
  readonly client: z.ZodType<string>;
  /** Somebody with a phone. */
  readonly somebody: z.ZodType<string>;
  /** What can be dialled: somebody, a number of the company, or digits. */
  readonly dialled: z.ZodType<string>;
}

/** What there are names for. */
export interface Names {
  readonly people: readonly string[];
  readonly clients: readonly string[];
  readonly lines: readonly string[];
}

/** What a phone can dial as it is: digits, star and hash, a plus before them. */
const DIGITS = /^\+?[0-9*#]{2,20}$/;
const ABOUT = {
  person: 'the name of an employee',
  client: 'the name of a client',
  somebody: 'the name of an employee or a client',
  dialled: 'the name of an employee, a client or a number of the company, or digits in quotes: "**1001"',
};

/** Words of a scenario in which exactly these names exist. */
export function wordsFor({ people, clients, lines }: Names): Words {
  const everybody = [...people, ...clients];
  return {
    person: oneOf(people, 'no employee is called'),
    client: oneOf(clients, 'no client is called'),
    somebody: oneOf(everybody, 'nobody is called'),
    dialled: text(ABOUT.dialled).check(({ value, issues }) => {
      const known = [...everybody, ...lines];
      if (known.includes(value) || DIGITS.test(value)) return;
      issues.push(unknown(value, `"${value}" is nobody, no number of the company and no digits`, known));
    }),
  };
}

/** Words for whoever describes the language: any name will do. */
export const ANY_WORDS: Words = {
  person: z.string().meta({ description: ABOUT.person }),
  client: z.string().meta({ description: ABOUT.client }),
  somebody: z.string().meta({ description: ABOUT.somebody }),
  dialled: z
    .union([z.string(), z.number()])
    .meta({ description: ABOUT.dialled }) as unknown as Words['dialled'],
};

function oneOf(names: readonly string[], complaint: string): z.ZodType<string> {
  return text('this has to be a name').check(({ value, issues }) => {
    if (!names.includes(value)) issues.push(unknown(value, `${complaint} "${value}"`, names));
  });
}

/** Digits are written without quotes easily, and are numbers for YAML then. */
function text(complaint: string): z.ZodType<string> {
  return z.union([z.string(), z.int().nonnegative()], complaint).transform(String);
}

function unknown(input: string, complaint: string, known: readonly string[]) {
  return { code: 'custom' as const, input, message: `${complaint}${didYouMean(input, known)}` };
}
