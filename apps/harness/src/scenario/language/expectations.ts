import { z } from 'zod';
import { duration } from './duration';
import type { Words } from './words';

/** What somebody can hear that is no person. */
export const SOUNDS = ['ringing', 'music', 'announcement', 'greeting', 'beep'] as const;
export type SoundName = (typeof SOUNDS)[number];

const OUTCOMES = [
  'answered',
  'missed',
  'busy',
  'declined',
  'failed',
  'no-answer',
  'cancelled',
  'agent-no-answer',
  'agent-declined',
  'lost',
] as const;
const ENDERS = ['caller', 'customer', 'agent', 'api', 'switch'] as const;

const oneOrMore = <T extends z.ZodType>(item: T) =>
  z
    .union([item, z.array(item).min(1)])
    .transform((value) => (Array.isArray(value) ? value : [value])) as z.ZodType<z.output<T>[]>;
const about = (text: string) => ({ description: text });

/** What a phone must have seen and heard, to the end of the scenario. */
const phone = ({ somebody }: Words) =>
  z.strictObject({
    got: oneOrMore(z.int().min(100).max(699))
      .optional()
      .meta(about('SIP responses to his call, in this order; others may stand between them')),
    'did not get': oneOrMore(z.int().min(100).max(699))
      .optional()
      .meta(about('SIP responses that he never got')),
    rang: z
      .union([z.boolean(), z.int().positive()])
      .optional()
      .meta(about('whether his phone ever rang, or how often')),
    heard: oneOrMore(z.union([z.enum(SOUNDS), somebody]))
      .optional()
      .meta(about(`people by name, or one of: ${SOUNDS.join(', ')}`)),
    'never heard': oneOrMore(z.union([z.enum(SOUNDS), somebody]))
      .optional()
      .meta(about('whom or what he never heard')),
    'was told': z.string().optional().meta(about('the name on the display of his phone')),
    'was sent': z.string().optional().meta(about('words in an INVITE to his phone, such as a header')),
  });

/** What the switch must have said of somebody's legs. */
const legs = () =>
  z.strictObject({
    'ended with': oneOrMore(z.string().regex(/^[A-Z_]+$/, 'a hangup cause is written like USER_BUSY'))
      .optional()
      .meta(about('the hangup causes of his legs, in the order in which they ended')),
    'had events': oneOrMore(z.string())
      .optional()
      .meta(about('events of his legs, in this order; others may stand between them')),
  });

/** What the database must say of a call. */
const call = ({ person, somebody, dialled }: Words) =>
  z.strictObject({
    of: somebody
      .optional()
      .meta(
        about(
          'the client; of an internal call the employee who dialled. Needed when there is more than one call',
        ),
      ),
    direction: z.enum(['inbound', 'outbound', 'internal']).optional(),
    outcome: z.enum(OUTCOMES).optional(),
    talk: duration
      .optional()
      .meta(
        about('how long they talked, give or take a second; what the phones lived through is allowed for'),
      ),
    'answered by': person.optional(),
    'dialled by': person.optional(),
    'hung up by': z.enum(ENDERS).optional(),
    rang: z.array(person).optional().meta(about('whose phones rang, in any order')),
    number: dialled.optional().meta(about("the company's number that was called, or shown")),
    talked: z.array(person).optional().meta(about('who talked, one after another')),
    transfers: z
      .array(
        z.strictObject({
          kind: z.enum(['blind', 'attended']),
          by: z.union([person, z.literal('api')]).optional(),
          to: somebody.optional(),
        }),
      )
      .optional(),
    click: z.boolean().optional().meta(about('whether the switch called the employee first')),
    recordings: z.int().nonnegative().optional(),
    remark: z
      .string()
      .optional()
      .meta(about('why it is filed as it is, or not at all, though nothing is wrong: words of that text')),
  });

/** What the portal must hold of a call. */
const filed = ({ person, somebody, dialled }: Words) =>
  z.strictObject({
    of: somebody.optional(),
    status: z
      .union([z.int().transform(String), z.string()])
      .optional()
      .meta(about('STATUS_CODE: 200, 304, 486, "603-S"')),
    talk: duration.optional().meta(about('CALL_DURATION, give or take a second')),
    person: person.optional().meta(about('who is responsible')),
    line: dialled.optional().meta(about('the number whose external line it is filed under')),
    direction: z.enum(['inbound', 'outbound', 'callback']).optional(),
    'under the click': z
      .boolean()
      .optional()
      .meta(about('whether it is the call that the portal has registered at the click')),
    'call list': z.int().positive().optional().meta(about('CALL_LIST_ID')),
    recording: z
      .union([z.literal('none'), z.literal('some'), duration])
      .optional()
      .meta(about('none, some, or how long it plays, give or take a second')),
    'bound to': z
      .union([z.enum(['nobody', 'a new lead', 'a new contact']), somebody])
      .optional()
      .meta(about('whom it is filed with in the CRM')),
    'without a card': z.literal(true).optional().meta(about('nobody ever saw a card of it')),
  });

const ofEach = <T extends z.ZodType>(name: Words['somebody'], value: T) => z.record(name, value);

/** What must be true when everything is over, at four levels. */
export const expectationsShape = (words: Words) =>
  z.strictObject({
    phones: ofEach(words.somebody, phone(words))
      .optional()
      .meta(about('SIP and sound, as the phones saw and heard it')),
    switch: ofEach(words.somebody, legs()).optional().meta(about('what the switch said of the legs')),
    call: oneOrMore(call(words))
      .optional()
      .meta(about('the facts in the database; a list when there are several calls')),
    portal: z
      .strictObject({
        filed: z.union([z.literal('nothing'), oneOrMore(filed(words))]).optional(),
        cards: ofEach(words.person, z.union([z.literal('none'), z.int().positive()]))
          .optional()
          .meta(about('how many cards somebody saw')),
        told: ofEach(words.person, z.union([z.literal('nothing'), oneOrMore(z.string())]))
          .optional()
          .meta(about('words of the notices in his messenger, one for each, or nothing')),
        requests: z
          .record(z.string(), z.int().nonnegative())
          .optional()
          .meta(
            about('how many requests were sent to a method: register, show, hide, finish, attachRecord, ...'),
          ),
      })
      .optional()
      .meta(about('what the portal holds')),
  });

export type Expectations = z.output<ReturnType<typeof expectationsShape>>;
export type PhoneExpectation = z.output<ReturnType<typeof phone>>;
export type LegsExpectation = z.output<ReturnType<typeof legs>>;
export type CallExpectation = z.output<ReturnType<typeof call>>;
export type FiledExpectation = z.output<ReturnType<typeof filed>>;
