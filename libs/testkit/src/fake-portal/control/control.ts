import type { z } from 'zod';
import { bodyText } from '../http/decode-request';
import { jsonReply } from '../http/wire';
import type { PortalReply, PortalRequest } from '../http/wire';
import type { Action } from './action';
import { actions } from './actions';
import type { Controllable } from './controllable';
import { description } from './describe';
import { views } from './views';
import type { View } from './views';

/** What is asked for cannot be done; becomes `{error}`. */
class ControlRefusal extends Error {
  override readonly name = 'ControlRefusal';

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * The control API, for tests in another process: `POST /control/{action}` with a JSON object, `GET /control/{view}`.
 * 200 `{result}`, 404 for a name there is not, 400 `{error}` for what does not fit or what no portal would do.
 */
export async function control(
  portal: Controllable,
  name: string,
  request: PortalRequest,
): Promise<PortalReply> {
  try {
    if (name === '') return jsonReply(200, { result: description() });
    const result = await answerTo(portal, name, request);
    return jsonReply(200, { result: result ?? null });
  } catch (thrown) {
    const status = thrown instanceof ControlRefusal ? thrown.status : 400;
    return jsonReply(status, { error: textOf(thrown) });
  }
}

/** A promise, if the action takes its time. */
function answerTo(portal: Controllable, name: string, request: PortalRequest): unknown {
  const view = entryOf<View>(views, name);
  if (view) return view.see(portal, read(view.query, queryOf(request)));
  const action = entryOf<Action>(actions, name);
  if (!action) throw new ControlRefusal(404, `there is no action or view "${name}": GET /control lists them`);
  if (request.method !== 'POST')
    throw new ControlRefusal(405, `"${name}" is an action: POST it, with a JSON object as its body`);
  return action.act(portal, read(action.body, bodyOf(request)));
}

function entryOf<Entry>(entries: Readonly<Record<string, Entry>>, name: string): Entry | undefined {
  return Object.hasOwn(entries, name) ? entries[name] : undefined;
}

function read(schema: z.ZodType, value: unknown): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.path.map(String).join('.') ?? '';
  throw new ControlRefusal(400, `${path === '' ? '' : `${path}: `}${issue?.message ?? 'does not fit'}`);
}

function queryOf({ path }: PortalRequest): unknown {
  return Object.fromEntries(new URL(path, 'http://portal').searchParams);
}

/** Nothing that says it is something else than JSON: so no web page in a browser on this machine can send it. */
function bodyOf(request: PortalRequest): unknown {
  const text = bodyText(request);
  if (text === '') return {};
  if (!(request.headers['content-type'] ?? 'json').includes('json'))
    throw new ControlRefusal(400, 'the body has to be JSON, with the header Content-Type: application/json');
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ControlRefusal(400, `the body is not JSON: ${textOf(cause)}`);
  }
}

function textOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
