import { portalCallTypes } from '@app/bitrix24/contract';
import { digitsOf } from '../company/company';
import type { FakeCrmEntity } from '../company/company';
import { clientsByPhone } from '../crm/clients';
import { emit } from '../events/emit';
import type { OutgoingChoice, PortalState } from '../portal-state';
import type { FakeCall } from './call-book';

/** Somebody clicks a number in the CRM. */
export interface Click {
  readonly userId: number;
  /** As it stands in the client's card. */
  readonly phoneNumber: string;
  /** External line; default the one that is chosen with the application. */
  readonly line?: string;
  /** A call list (campaign); default none. */
  readonly callListId?: number;
  /** To be dialled after the number. */
  readonly extension?: string;
  readonly isMobile?: boolean;
  /** The card that was open; default the client with this number. `{ type: 'LEAD', id: 0 }` is seen in the field. */
  readonly crm?: { readonly type: FakeCrmEntity['type']; readonly id: number };
  /** Portals of old registered nothing and sent no CALL_ID. */
  readonly withoutCallId?: boolean;
  /** It was clicked so long ago, and the event has waited in the portal since; ms. */
  readonly agoMs?: number;
}

/** A visitor asks to be called back. */
export interface CallbackForm {
  readonly phoneNumber: string;
  /** To be read to the employee. */
  readonly text?: string;
  readonly voice?: string;
  readonly crm?: { readonly type: FakeCrmEntity['type']; readonly id: number };
  readonly line?: string;
}

/**
 * ONEXTERNALCALLSTART to the application whose line this user calls out over. The portal has registered the call by
 * then, without an EXTERNAL_CALL_ID, and shows its card. Gives the CALL_ID; undefined if there is none, because the
 * portal is of old or no application is chosen (then nobody is told).
 */
export function click(state: PortalState, clicked: Click): string | undefined {
  const choice = state.outgoing.ofUser.get(clicked.userId) ?? state.outgoing.byDefault;
  const installation = choice && state.installed.byId(choice.appId);
  if (!installation) return undefined;
  const line = clicked.line ?? choice.line;
  const [client] = clientsByPhone(state.company, clicked.phoneNumber);
  const crm = clicked.crm ?? client;
  const call = clicked.withoutCallId === true ? undefined : preRegister(state, clicked, choice, line, crm);
  emit(state, {
    event: 'ONEXTERNALCALLSTART',
    data: {
      PHONE_NUMBER: clicked.phoneNumber,
      PHONE_NUMBER_INTERNATIONAL: `+${digitsOf(clicked.phoneNumber)}`,
      EXTENSION: clicked.extension ?? '',
      USER_ID: clicked.userId,
      CALL_LIST_ID: clicked.callListId ?? 0,
      LINE_NUMBER: line ?? '',
      IS_MOBILE: clicked.isMobile === true ? '1' : '0',
      ...(call ? { CALL_ID: call.id } : {}),
      CRM_ENTITY_TYPE: crm?.type ?? '',
      CRM_ENTITY_ID: crm?.id ?? 0,
    },
    userId: clicked.userId,
    only: installation,
  });
  return call?.id;
}

/**
 * ONEXTERNALCALLBACKSTART to the application of the callback line. Neither a call nor a user: the application has to
 * find one. Nobody of the company acted, so there are no tokens unless the handler was bound for a user.
 */
export function submitCallbackForm(state: PortalState, form: CallbackForm): void {
  const choice = state.outgoing.byDefault;
  const installation = choice && state.installed.byId(choice.appId);
  if (!installation) return;
  const [client] = clientsByPhone(state.company, form.phoneNumber);
  const crm = form.crm ?? client;
  emit(state, {
    event: 'ONEXTERNALCALLBACKSTART',
    data: {
      PHONE_NUMBER: form.phoneNumber,
      TEXT: form.text ?? '',
      VOICE: form.voice ?? '',
      CRM_ENTITY_TYPE: crm?.type ?? '',
      CRM_ENTITY_ID: crm?.id ?? 0,
      LINE_NUMBER: form.line ?? choice.line ?? '',
    },
    only: installation,
  });
}

function preRegister(
  state: PortalState,
  { userId, phoneNumber, callListId, agoMs = 0 }: Click,
  { appId }: OutgoingChoice,
  line: string | null,
  crm: Click['crm'],
): FakeCall {
  const now = state.clock.now() - agoMs;
  const call: FakeCall = {
    id: `externalCall.${state.ids.hex(32)}.${Math.floor(now / 1000)}`,
    cause: 'click',
    appId,
    userId,
    phone: digitsOf(phoneNumber),
    type: portalCallTypes.outgoing,
    line,
    externalId: null,
    callListId: callListId ?? null,
    startedAt: now,
    registeredAt: now,
    crm: crm && crm.id > 0 ? { type: crm.type, id: crm.id } : null,
    created: [],
  };
  state.calls.add(call);
  state.screens.show(userId, call.id, now, 'click');
  emitCallInit(state, call, phoneNumber, userId);
  return call;
}

/** ONVOXIMPLANTCALLINIT: of every call that is registered, whoever (`actorId`) did it. */
export function emitCallInit(state: PortalState, call: FakeCall, callerId: string, actorId: number): void {
  emit(state, {
    event: 'ONVOXIMPLANTCALLINIT',
    data: { CALL_ID: call.id, CALL_TYPE: call.type, CALLER_ID: callerId, REST_APP_ID: call.appId },
    userId: actorId,
  });
}
