import { z } from 'zod';
import { castFile } from '../language/cast';
import { expectationsShape } from '../language/expectations';
import { VERBS } from '../language/lexicon';
import { MODIFIERS } from '../language/read-step';
import { scenarioFile } from '../language/scenario-file';
import type { Verb } from '../language/verb';
import { ANY_WORDS } from '../language/words';

type Json = Readonly<Record<string, unknown>>;

/** What a length of time, and only that, looks like. */
const DURATION: Json = { type: 'string', pattern: '^\\d+(\\.\\d+)? ?(ms|s|min)$' };

/**
 * The schema of scenario files for editors, as JSON Schema: it completes words and marks what cannot be. Whether names exist
 * is looked at when a file is read.
 */
export function scenarioJsonSchema(): string {
  const schema = schemaOf(scenarioFile);
  const properties = {
    ...(schema.properties as Json),
    steps: {
      type: 'array',
      minItems: 1,
      items: stepSchema(),
      description: 'what happens, one thing after another',
    },
    then: {
      ...schemaOf(expectationsShape(ANY_WORDS)),
      description: 'what must be true when everything is over',
    },
  };
  return text({ ...schema, title: 'scenario', properties });
}

/** The same of cast.yaml. */
export function castJsonSchema(): string {
  return text({ ...schemaOf(castFile), title: 'cast of scenarios' });
}

/** A step: one key that is somebody, and how long. */
function stepSchema(): Json {
  return {
    type: 'object',
    description: 'somebody: does something; with within, after or for',
    properties: Object.fromEntries(MODIFIERS.map((name) => [name, DURATION])),
    additionalProperties: { anyOf: [sentences(), ...VERBS.filter(({ shape }) => shape).map(phrase)] },
  };
}

/** Sentences begin with a verb; what follows is read by the harness. */
function sentences(): Json {
  const spelled = VERBS.flatMap(({ one, several }) => [one, ...(several === undefined ? [] : [several])]);
  return {
    type: 'string',
    pattern: `^(${[...new Set(spelled)].join('|')})( .*)?$`,
    examples: VERBS.map(({ example }) => example.replace(/^[^:]*: /, '')),
    description: VERBS.map(({ one, about }) => `${one}: ${about}`).join('\n'),
  };
}

function phrase({ one, several, shape, about }: Verb): Json {
  const { properties = {}, required } = schemaOf(z.object(shape?.(ANY_WORDS) ?? {})) as {
    properties?: Json;
    required?: readonly string[];
  };
  const { [one]: object, ...rest } = properties;
  return {
    type: 'object',
    description: about,
    properties: { [one]: object, ...(several !== undefined && { [several]: object }), ...rest },
    required: (required ?? []).filter((key) => key !== one),
    anyOf: [one, ...(several === undefined ? [] : [several])].map((key) => ({ required: [key] })),
    additionalProperties: false,
  };
}

function schemaOf(schema: z.ZodType): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    target: 'draft-7',
  });
  return rest;
}

function text(schema: Json): string {
  return `${JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', ...schema }, undefined, 1)}\n`;
}
