import { timemanStatuses } from '@app/bitrix24/contract';
import { z } from 'zod';

/** A number that YAML may have taken for one. */
const digits = z
  .union([z.string(), z.int().nonnegative()], 'a number is written with digits')
  .transform(String)
  .pipe(z.string().regex(/^\+?[0-9*#]{2,20}$/, 'a number is written with digits'));

const transports = ['tcp', 'udp', 'ws'] as const;
const statusCode = z.int().min(400).max(699);

/** What a phone does by itself when it is called; without it, it rings until a step says something else. */
export const whenCalled = z
  .union([
    z.enum(['rings', 'answers', 'keeps silent', 'rings audibly']),
    z.strictObject({ refuses: statusCode }),
    z.strictObject({ announces: statusCode }),
  ])
  .meta({
    description:
      'what the phone does by itself when it is called: rings (180, the usual), answers at once, keeps silent (100 only), ' +
      'rings audibly (183 with the ringing tone), refuses with a code, or announces: plays tones as early media and then refuses',
  });

const device = z.strictObject({
  over: z.enum(transports).default('tcp').meta({ description: 'how the phone is connected' }),
  'when called': whenCalled.optional(),
});

export const person = z
  .strictObject({
    name: z.string().min(1).optional().meta({ description: 'full name; else the key' }),
    extension: digits.nullable().optional().meta({ description: 'internal number; null: none' }),
    user: z
      .int()
      .positive()
      .nullable()
      .optional()
      .meta({ description: 'USER_ID in the portal; null: the portal does not know him' }),
    workday: z.enum(timemanStatuses).optional().meta({
      description: 'what the portal says of his working day (TIMEMAN_STATUS); OPENED if not said',
    }),
    over: z.enum(transports).optional().meta({ description: 'how his phone is connected; tcp if not said' }),
    'when called': whenCalled.optional(),
    phones: z
      .record(z.string().regex(/^[a-z][a-z0-9-]*$/, 'a phone is named in small letters'), device.nullable())
      .optional()
      .meta({ description: 'several phones of one person, by name: "anna\'s desk" is a subject then' }),
  })
  .meta({ description: 'an employee' });

const known = z.strictObject({
  type: z.enum(['contact', 'company', 'lead']).default('contact'),
  name: z.string().min(1).optional(),
  'responsible person': z.string().meta({ description: 'the employee who is responsible for him' }),
});

export const client = z
  .strictObject({
    number: digits.optional().meta({
      description: 'his phone number, as the carrier tells it; in a scenario that of the cast if not said',
    }),
    name: z.string().optional().meta({ description: 'what the carrier gives as his name' }),
    'known as': known.optional().meta({ description: 'what the CRM knows of him; missing: a stranger' }),
    'when called': whenCalled.optional(),
  })
  .meta({ description: 'somebody outside' });

export const line = z
  .union([
    digits,
    z.strictObject({
      number: digits,
      line: z
        .string()
        .min(1)
        .optional()
        .meta({ description: 'LINE_NUMBER of the external line in the portal' }),
      routing: z.record(z.string(), z.unknown()).optional().meta({
        description: 'how the connector routes its callers (docs/routing.md); missing: the dialplan does',
      }),
    }),
  ])
  .meta({ description: 'a number of the company' });

/** Names are words without blanks, so that sentences can be told apart. */
const name = z
  .string()
  .regex(/^[\p{L}][\p{L}\p{N}_-]*$/u, 'a name is one word of letters, digits and dashes');

/** Everybody and everything that has a name; what scenarios of a folder share stands in its cast.yaml. */
export const castShape = {
  people: z.record(name, person.nullable()).optional(),
  clients: z.record(name, client.nullable()).optional(),
  lines: z.record(name, line).optional(),
  'responsible for the rest': z
    .string()
    .optional()
    .meta({ description: "who is responsible for calls that concern nobody: the portal's default user" }),
};

export const castFile = z.strictObject(castShape);

export type WrittenPerson = z.output<typeof person>;
export type WrittenClient = z.output<typeof client>;
export type WrittenCast = z.output<typeof castFile>;
export type WhenCalled = z.output<typeof whenCalled>;
