import type { MethodContract } from '@app/bitrix24/contract';
import { isMissing } from '../rest/method-call';
import { catalogue, methodByName } from '../rest/catalogue';
import type { PortalState } from '../portal-state';
import type { RequestLogEntry } from '../rest/request-log';
import type { Violation } from './violation';

const REGISTER = 'telephony.externalCall.register';
const FINISH = 'telephony.externalCall.finish';
const ATTACH = 'telephony.externalCall.attachRecord';
const HIDE = 'telephony.externalCall.hide';

/**
 * Looks over a whole run. To be asked when it is over: until then a call in progress counts as never finished. What a
 * client cannot know is excused: after a lost answer it may finish again, and it cannot finish a call whose CALL_ID
 * never reached it.
 */
export function audit(state: PortalState, log: readonly RequestLogEntry[]): readonly Violation[] {
  const toldFinished = new Set<string>();
  const toldRegistered = new Set(clicksTold(state));
  const complaints = log.flatMap((entry) => {
    const found = complaintsAbout(entry, state, toldFinished);
    if (entry.ok && entry.delivered && entry.method === FINISH)
      toldFinished.add(String(entry.params.CALL_ID));
    if (entry.delivered && entry.method === REGISTER) toldRegistered.add(callIdOf(entry.result));
    return found;
  });
  return [...complaints, ...state.remarks, ...unfinished(state, toldRegistered), ...filedTwice(state)];
}

/** CALL_IDs that came with a click, if the application has taken the event. */
function clicksTold(state: PortalState): readonly string[] {
  return state.post.deliveries
    .filter(({ event, outcome }) => event === 'ONEXTERNALCALLSTART' && outcome === 'delivered')
    .flatMap(({ data }) => (typeof data.CALL_ID === 'string' ? [data.CALL_ID] : []));
}

function complaintsAbout(
  entry: RequestLogEntry,
  state: PortalState,
  toldFinished: ReadonlySet<string>,
): readonly Violation[] {
  const complaint = refusalComplaint(entry, state, toldFinished);
  return [...(complaint ? [complaint] : []), ...unknownParameters(entry), ...undocumentedUse(entry)];
}

function refusalComplaint(
  { method, params, error }: RequestLogEntry,
  state: PortalState,
  toldFinished: ReadonlySet<string>,
): Violation | undefined {
  if (error?.status !== 400 && error?.status !== 404) return undefined;
  const { description } = error;
  const callId = String(params.CALL_ID);
  if (method === FINISH && /^Call is not found/.test(description)) {
    if (!state.calls.known(callId)) return { kind: 'finish-of-unknown-call', detail: callId };
    return toldFinished.has(callId) ? { kind: 'second-finish', detail: callId } : undefined;
  }
  if (method === ATTACH && /not finished yet/.test(description))
    return { kind: 'attach-before-finish', detail: callId };
  // somebody may be dismissed while he talks: no mistake of the client
  if (/^User is not found/.test(description)) return undefined;
  return { kind: 'invalid-request', detail: `${method}: ${description}` };
}

function unknownParameters({ method, params }: RequestLogEntry): readonly Violation[] {
  const name = methodByName(method);
  if (!name) return [];
  const { params: schema }: MethodContract = catalogue[name];
  // event.test sends back whatever it is given
  if (schema.def.catchall !== undefined) return [];
  return Object.keys(params)
    .filter((param) => !(param in schema.shape))
    .map((param) => ({ kind: 'unknown-parameter', detail: `${method}: ${param}` }));
}

function undocumentedUse({ method, params }: RequestLogEntry): readonly Violation[] {
  const hasBoth = !isMissing(params.USER_ID) && !isMissing(params.USER_PHONE_INNER);
  if ((method === REGISTER || method === FINISH) && hasBoth)
    return [{ kind: 'undocumented-use', detail: `${method} with both USER_ID and USER_PHONE_INNER` }];
  if (method === HIDE && isMissing(params.USER_ID))
    return [{ kind: 'undocumented-use', detail: `${method} without USER_ID` }];
  return [];
}

function unfinished(state: PortalState, toldRegistered: ReadonlySet<string>): readonly Violation[] {
  return state.calls.all
    .filter((call) => call.finishedAt === undefined && toldRegistered.has(call.id))
    .flatMap((call) => [
      {
        kind: 'never-finished' as const,
        detail: `${call.id} (EXTERNAL_CALL_ID ${call.externalId ?? 'none'})`,
      },
      ...state.screens.viewers(call.id).map((userId) => ({
        kind: 'card-left-open' as const,
        detail: `${call.id} on the screen of user ${userId}`,
      })),
    ]);
}

/** The same external id with the same type and user: two talks of one transferred call may share the first alone. */
function filedTwice(state: PortalState): readonly Violation[] {
  const seen = new Set<string>();
  return state.calls.all
    .filter((call) => call.finishedAt !== undefined && call.externalId !== null)
    .flatMap((call) => {
      const key = `${call.externalId ?? ''} type ${call.type} user ${call.userId}`;
      if (seen.has(key)) return [{ kind: 'filed-twice' as const, detail: `EXTERNAL_CALL_ID ${key}` }];
      seen.add(key);
      return [];
    });
}

function callIdOf(result: unknown): string {
  return typeof result === 'object' && result !== null && 'CALL_ID' in result ? String(result.CALL_ID) : '';
}
