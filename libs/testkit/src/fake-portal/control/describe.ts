import { z } from 'zod';
import { actions } from './actions';
import { views } from './views';

const schemaOf = (schema: z.ZodType): object =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });

/** What `GET /control` answers: every action and every view, with JSON schemas of what they take. */
export function description(): object {
  return {
    usage:
      'POST /control/{action} with a JSON object; GET /control/{view} with a query. 200 {result}, 4xx {error}.',
    actions: Object.entries(actions).map(([name, { about, body }]) => ({
      name,
      about,
      body: schemaOf(body),
    })),
    views: Object.entries(views).map(([name, { about, query }]) => ({ name, about, query: schemaOf(query) })),
  };
}
