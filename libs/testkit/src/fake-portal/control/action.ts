import { z } from 'zod';
import type { FakeApp } from '../apps/fake-app';
import type { FakeUser } from '../company/company';
import type { Controllable } from './controllable';

/** Something that can be done to a portal: `POST /control/{name}` with a JSON object. */
export interface Action<Schema extends z.ZodType = z.ZodType, Result = unknown> {
  /** One sentence for the list of actions. */
  readonly about: string;
  readonly body: Schema;
  /** The result becomes JSON. Throws an Error where no portal would do that. */
  act(portal: Controllable, body: z.output<Schema>): Result;
}

/** An action whose types are those of its schema and of what it gives. */
export const action = <Schema extends z.ZodType, Result>(
  about: string,
  body: Schema,
  act: (portal: Controllable, body: z.output<Schema>) => Result,
): Action<Schema, Result> => ({ about, body, act });

export const nothing = z.strictObject({});
export const userId = z.int().positive();
export const clientId = z.string();
/** Which of many occasions: the nth from now on (default the next one), and how many in a row (default one). */
export const striking = { nth: z.int().positive().optional(), times: z.int().positive().optional() };

/** @throws Error if there is no such application */
export function appOf({ state }: Controllable, id: string): FakeApp {
  const app = state.oauth.app(id);
  if (!app) throw new Error(`no application has the client_id ${id}: GET /control/apps lists them`);
  return app;
}

/** @throws Error if there is no such user */
export function userOf({ state }: Controllable, id: number): FakeUser {
  const user = state.company.users.find((candidate) => candidate.id === id);
  if (!user) throw new Error(`no user has the id ${id}: GET /control/company lists them`);
  return user;
}
