import { contract, portalCallTypes } from '@app/bitrix24/contract';
import type { ParamsOf, WireResultOf } from '@app/bitrix24/contract';
import type { DedupKey, FakeCall } from './call-book';
import { emitCallInit } from './clicks';
import { digitsOf } from '../company/company';
import type { FakeUser } from '../company/company';
import { clientsByPhone, createClient, lineAllowsCreation } from '../crm/clients';
import { paramsBy } from '../rest/method-call';
import type { MethodCall, MethodHandler } from '../rest/method-call';
import type { PortalState } from '../portal-state';
import { Refusal } from '../rest/refusal';
import { checkUserIsSet, resolveUser } from './resolve-user';
import type { RawParams } from '../http/wire';

const METHOD = 'telephony.externalCall.register';
type Params = ParamsOf<typeof METHOD>;
const { refusals, params: schema } = contract[METHOD];
const TYPES: readonly string[] = Object.values(portalCallTypes).map(String);

/** telephony.externalCall.register */
export const register: MethodHandler<typeof METHOD> = (state, call) => {
  check(call.params);
  const user = resolveUser(state.company, call.params, refusals);
  const params = paramsBy(METHOD, call.params);
  const key: DedupKey = {
    appId: call.caller.appId,
    userId: user.id,
    phone: digitsOf(params.PHONE_NUMBER),
    type: params.TYPE,
    line: textOrNull(params.LINE_NUMBER),
    externalId: textOrNull(params.EXTERNAL_CALL_ID),
  };
  const now = state.clock.now();
  remarkOnClick(state, key);
  const registered = state.calls.repeated(key, now) ?? add(state, call, params, key, user);
  if ((params.SHOW ?? 1) === 1) state.screens.show(user.id, registered.id, now, 'register');
  return { result: answerFor(registered) };
};

/** Never register a click: the portal has done so, and the event brought the CALL_ID. */
function remarkOnClick(state: PortalState, key: DedupKey): void {
  const clicked = key.type === portalCallTypes.outgoing ? state.calls.openClick(key) : undefined;
  if (!clicked) return;
  const detail = `${clicked.id} as EXTERNAL_CALL_ID ${key.externalId ?? 'none'}`;
  state.remarks.push({ kind: 'click-registered-again', detail });
}

function check(params: RawParams): void {
  checkUserIsSet(params, refusals);
  if (!TYPES.includes(String(params.TYPE))) throw new Refusal(refusals.unknownType);
  if (!schema.shape.CALL_START_DATE.safeParse(params.CALL_START_DATE).success)
    throw new Refusal(refusals.badStartDate);
  if (!isPhoneNumber(params.PHONE_NUMBER)) throw new Refusal(refusals.badPhoneNumber);
}

/** Digits with the usual punctuation. What exactly the portal takes is not documented; letters are advised against. */
function isPhoneNumber(value: unknown): boolean {
  return typeof value === 'string' && /\d/.test(value) && /^[\d+\-() .#*;,]+$/.test(value);
}

function add(state: PortalState, call: MethodCall, params: Params, key: DedupKey, user: FakeUser): FakeCall {
  const now = state.clock.now();
  const creation = bindOrCreate(state, call, params, user);
  const registered: FakeCall = {
    ...key,
    ...creation,
    cause: 'register',
    id: `externalCall.${state.ids.hex(32)}.${Math.floor(now / 1000)}`,
    callListId: params.CALL_LIST_ID ?? null,
    startedAt: params.CALL_START_DATE === undefined ? now : Date.parse(params.CALL_START_DATE),
    registeredAt: now,
  };
  state.calls.add(registered);
  if ((params.ADD_TO_CHAT ?? 1) === 1)
    state.chat.push({ userId: user.id, callId: registered.id, about: 'register' });
  emitCallInit(state, registered, params.PHONE_NUMBER, call.caller.userId);
  return registered;
}

type Binding = Pick<FakeCall, 'crm' | 'created' | 'leadCreationError'>;

/** The explicit binding, else the first client with this number, else a new one if that is wanted and allowed. */
function bindOrCreate(state: PortalState, call: MethodCall, params: Params, user: FakeUser): Binding {
  const { CRM_ENTITY_TYPE: type, CRM_ENTITY_ID: id } = params;
  if (type && id) return { crm: { type, id }, created: [] };
  const [client] = clientsByPhone(state.company, params.PHONE_NUMBER);
  if (client) return { crm: client, created: [] };
  const request = {
    phone: params.PHONE_NUMBER,
    type: params.TYPE,
    line: textOrNull(params.LINE_NUMBER),
    responsibleId: user.id,
    source: params.CRM_SOURCE,
  };
  const isWanted = params.CRM_CREATE === 1 && lineAllowsCreation(state.company, request);
  if (!isWanted || !state.company.crmInstalled) return { crm: null, created: [] };
  if (call.leadCreationError !== undefined)
    return { crm: null, created: [], leadCreationError: call.leadCreationError };
  const created = createClient(state.company, state.ids, request);
  return { crm: created[0] ?? null, created };
}

/** An unbound call has an empty type and no id. LEAD_CREATION_ERROR is a soft error inside a success. */
function answerFor(call: FakeCall): WireResultOf<typeof METHOD> {
  const lead = call.created.find(({ type }) => type === 'LEAD');
  return {
    CALL_ID: call.id,
    CRM_CREATED_LEAD: lead?.id ?? null,
    CRM_CREATED_ENTITIES: call.created.map(({ type, id }) => ({ ENTITY_TYPE: type, ENTITY_ID: id })),
    CRM_ENTITY_TYPE: call.crm?.type ?? '',
    CRM_ENTITY_ID: call.crm?.id ?? null,
    ...(call.leadCreationError === undefined ? {} : { LEAD_CREATION_ERROR: call.leadCreationError }),
  };
}

function textOrNull(value: string | undefined): string | null {
  return value === undefined || value === '' ? null : value;
}
