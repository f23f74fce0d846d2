import { z } from 'zod';

/** Who is responsible for an inbound call that nobody answered. */
export const responsibleForMissed = z.enum(['last-rung', 'entity-owner', 'default-user']);

/** A number, or the beginning of one with a `*` behind. */
const numberOrBeginning = /^\+?\d{1,15}\*?$/;
const ignoredNumber = z.union([
  z.literal('hidden'),
  z.string().regex(numberOrBeginning, 'digits, with * behind for all that begin so, or "hidden"'),
]);
const ignoredLine = z.string().regex(numberOrBeginning, 'digits, with * behind for all that begin so');

/** What a portal wants to be told of its calls. */
export const callPolicy = z
  .strictObject({
    /** A client who is handed on stays one call, of who talked last; or each further talk is a call of its own. */
    transfers: z.enum(['one-call', 'call-per-talk']).default('one-call'),
    /** What an unanswered inbound call is filed as: 304 whatever the cause, or the exact code (docs/outcomes.md). */
    unanswered: z.enum(['missed', 'exact']).default('missed'),
    /** Missed calls; a line may say otherwise. */
    missed: z
      .strictObject({
        responsible: responsibleForMissed.default('last-rung'),
        /** Whether he is told in the messenger (permission `im`). */
        notify: z.boolean().default(false),
      })
      .prefault({}),
    /** Calls that the portal is not told of: by the client's number, and by the company's. */
    ignore: z
      .strictObject({
        numbers: z.array(ignoredNumber).default([]),
        lines: z.array(ignoredLine).default([]),
      })
      .prefault({}),
  })
  .prefault({});

export type CallPolicy = z.output<typeof callPolicy>;
