import type { z } from 'zod';

/** The text variables of a process; `process.env` is one. */
export type Env = Readonly<Record<string, string | undefined>>;

/** One environment variable: what it must look like, and what it means to the one who sets it. */
export interface Variable<T = unknown> {
  /** As in the environment: `HTTP_PORT`. */
  readonly name: string;
  /** Text in, setting out. */
  readonly schema: z.ZodType<T, string>;
  /** One sentence for the table and for the error message. */
  readonly meaning: string;
  /** Used when the variable is unset or empty; as text, as somebody would write it. Without one the variable is required. */
  readonly byDefault?: string;
  /** Never shown, and may be given as the path of a file in `<name>_FILE` (Docker and Kubernetes secrets). */
  readonly secret?: boolean;
  /** How a value looks, where the meaning does not say it. */
  readonly example?: string;
}

/** Variables by the name of the setting they give; groups nest. */
export interface Group {
  readonly [setting: string]: Variable | Group;
}

/** The settings that a group gives. */
export type SettingsOf<G extends Group> = {
  readonly [K in keyof G]: G[K] extends Variable<infer T> ? T : G[K] extends Group ? SettingsOf<G[K]> : never;
};

/** Describes one variable. */
export function variable<T>(
  name: string,
  schema: z.ZodType<T, string>,
  about: Omit<Variable, 'name' | 'schema'>,
): Variable<T> {
  return { name, schema, ...about };
}

/** Tells the two apart in a group. */
export function isVariable(entry: Variable | Group): entry is Variable {
  return typeof entry.name === 'string';
}

/** All variables of a group and the groups in it, in order. */
export function variablesIn(group: Group): Variable[] {
  return Object.values(group).flatMap((entry) => (isVariable(entry) ? [entry] : variablesIn(entry)));
}
