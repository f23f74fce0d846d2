import { z } from 'zod';
import { plainText } from './formats';
import { readSecret } from './read-settings';

/** Where a file of the switch is found here: a path that begins with `from` on the switch begins with `to` here. */
export interface RecordingRoot {
  readonly from: string;
  readonly to: string;
}

/** Recordings of a switch are read below these roots and nowhere else. */
export interface SwitchRecordings {
  readonly id: string;
  readonly recordings: readonly RecordingRoot[];
}

/** One FreeSWITCH and how its event socket is entered. */
export interface SwitchSettings extends SwitchRecordings {
  /** Ours, short and for ever: it is part of the identity of calls. */
  readonly id: string;
  readonly host: string;
  readonly port: number;
  /** `user@domain` of a directory user with `esl-allowed-api`; without one the password of event_socket.conf.xml counts. */
  readonly user?: string;
  readonly password: string;
  /** The portal of calls that neither a channel variable, nor a line, nor a domain assigns. */
  readonly defaultPortal?: string;
}

/** A switch as the doctor looks at it: where it is and how it is entered, as far as that is known here. */
export interface VisitedSwitch extends SwitchRecordings {
  readonly host?: string;
  readonly port: number;
  readonly user?: string;
  /** Undefined: not known here, or its file cannot be read. */
  readonly password?: string;
  readonly defaultPortal?: string;
}

const MAX_PORT = 65_535;
const absolutePath = plainText.refine(
  (path) => path.startsWith('/') && !path.split('/').includes('..'),
  'must be an absolute path without "..".',
);

const recordings = z.array(z.strictObject({ from: absolutePath, to: absolutePath })).default([]);
const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'must be 1 to 32 of a-z, 0-9 and "-".');

const oneSwitch = z
  .strictObject({
    id,
    host: plainText,
    port: z.int().min(1).max(MAX_PORT).default(8021),
    user: z
      .string()
      .regex(/^[^@\s]+@[^@\s]+$/, 'must look like user@domain.')
      .optional(),
    password: plainText.optional(),
    passwordFile: absolutePath.optional(),
    defaultPortal: plainText.optional(),
    recordings,
  })
  .transform(({ password, passwordFile, ...rest }, context): SwitchSettings => {
    const secret = passwordFile === undefined ? password : readSecret(passwordFile);
    if (secret && (password === undefined) !== (passwordFile === undefined))
      return { ...rest, password: secret };
    const message =
      passwordFile !== undefined && password === undefined
        ? 'passwordFile names a file that is empty or cannot be read.'
        : 'needs either password or passwordFile.';
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });

const jsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON.parse's own message: it quotes the text, and the text holds passwords.
    context.addIssue({ code: 'custom', message: 'must be a JSON array of switches; this is not JSON.' });
    return z.NEVER;
  }
});

/** The text of SWITCHES as the gateway needs it: a JSON array of switches to log in to. */
export const switches: z.ZodType<readonly SwitchSettings[], string> = jsonText.pipe(listOf(oneSwitch));

/**
 * The same text as the worker needs it: where recordings are. It follows no switch and must not need its password, so
 * credentials may be missing, and a passwordFile is not opened.
 */
export const recordingRoots: z.ZodType<readonly SwitchRecordings[], string> = jsonText.pipe(
  listOf(z.object({ id, recordings })),
);

const visitedSwitch = z
  .object({
    id,
    host: plainText.optional(),
    port: z.int().min(1).max(MAX_PORT).default(8021),
    user: plainText.optional(),
    password: plainText.optional(),
    passwordFile: absolutePath.optional(),
    defaultPortal: plainText.optional(),
    recordings,
  })
  .transform(({ passwordFile, password, ...rest }): VisitedSwitch => {
    const secret = passwordFile === undefined ? password : readSecret(passwordFile);
    return { ...rest, ...(secret !== undefined && secret !== '' && { password: secret }) };
  });

/** The same text as the command line takes it: whoever has no password here is told so by the doctor. None: no switches. */
export const visitedSwitches: z.ZodType<readonly VisitedSwitch[], string> = z
  .string()
  .transform((text) => (text === '' ? '[]' : text))
  .pipe(jsonText)
  .pipe(z.array(visitedSwitch));

function listOf<T extends { readonly id: string }>(one: z.ZodType<T>): z.ZodType<readonly T[]> {
  return z
    .array(one)
    .min(1, 'must name at least one switch.')
    .refine(
      (list) => new Set(list.map((each) => each.id)).size === list.length,
      'must give every switch an id of its own.',
    );
}
