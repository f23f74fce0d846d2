import { z } from 'zod';
import { ALWAYS_NAMES } from './always';
import { castShape, client, person } from './cast';
import { settingsShape } from './settings';

const one = z.string().min(1);

/** Names of the cast whose phones are on, or people with what is different about them here. */
const presence = z
  .union([z.array(z.string()), z.record(z.string(), person.nullable())])
  .meta({ description: 'whose phones are on: names of the cast, or people as they are here' });

/** The top of a scenario file. Steps and expectations are read when it is known who exists. */
export const scenarioFile = z.strictObject({
  scenario: one.meta({ description: 'what happens, as one sentence' }),
  about: one.optional().meta({ description: 'what it is for, where that is not obvious' }),
  tags: z.array(one).default([]).meta({ description: 'words to choose it by: U1, transfer' }),
  captured: z
    .union([one, z.array(one)])
    .transform((value) => [value].flat())
    .default([])
    .meta({ description: 'situations of the captured calls that it plays' }),
  only: z
    .strictObject({ on: z.enum(['embedded', 'freeswitch']), because: one })
    .optional()
    .meta({ description: 'the only switch that it can run on, and why' }),
  people: presence.optional(),
  clients: z
    .union([z.array(z.string()), z.record(z.string(), client.nullable())])
    .optional()
    .meta({ description: 'clients as they are here; those of the cast are there anyway' }),
  lines: castShape.lines,
  settings: settingsShape.prefault({}),
  steps: z.array(z.unknown()).min(1).meta({ description: 'what happens, one thing after another' }),
  then: z.record(z.string(), z.unknown()).default({}),
  tolerates: z
    .partialRecord(z.enum(ALWAYS_NAMES), one)
    .default({})
    .meta({ description: 'what is always checked and may be otherwise here, each with its reason' }),
});

export type ScenarioFile = z.output<typeof scenarioFile>;
