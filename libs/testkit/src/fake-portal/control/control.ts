import { bodyText } from '../http/decode-request';
import { jsonReply } from '../http/wire';
import type { PortalReply, PortalRequest } from '../http/wire';
import { actions } from './actions';
import type { Controllable } from './actions';

/**
 * The control API, for tests in another process: `POST /control/{action}` with a JSON object. 200 `{result}`, 404 for
 * an action there is not, 400 `{error}` for a body that does not fit or a wish no portal would grant.
 */
export async function control(
  portal: Controllable,
  name: string,
  request: PortalRequest,
): Promise<PortalReply> {
  const act = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (!act) return jsonReply(404, { error: `no action ${name}`, actions: Object.keys(actions) });
  try {
    const body = bodyText(request);
    const result = await act(portal, body === '' ? {} : JSON.parse(body));
    return jsonReply(200, { result: result ?? null });
  } catch (thrown) {
    return jsonReply(400, { error: thrown instanceof Error ? thrown.message : String(thrown) });
  }
}
