import type { Click, ClickPhone } from './click';

/** A click that was decided on: who is called where, and what the switch is told. Plain data: it is stored as JSON. */
export interface ClickOrder {
  readonly callId: string;
  readonly switchId: string;
  readonly click: Click;
  readonly dialling: Dialling;
  /** Epoch ms, by our clock: afterwards it is too late. */
  readonly dialBefore: number;
  /** Who is called for a callback when the phone of the one before is not registered: the switch alone knows. */
  readonly standIns?: readonly StandIn[];
}

/** Somebody who may be called in place of the user of the order, on the same switch. */
export interface StandIn {
  readonly userId: number;
  readonly phone: ClickPhone;
  readonly autoAnswer?: AutoAnswer;
}

/** The order with somebody else as its user. */
export function orderFor(
  { standIns: _others, ...order }: ClickOrder,
  { userId, phone, autoAnswer }: StandIn,
): ClickOrder {
  const { autoAnswer: _first, ...dialling } = order.dialling;
  return {
    ...order,
    click: { ...order.click, userId, phone },
    dialling: { ...dialling, ...(autoAnswer && { autoAnswer }) },
  };
}

/** What the switch is told beside the employee's phone. */
export interface Dialling {
  /** The client's number as the dialplan gets it: digits and nothing else. */
  readonly digits: string;
  /** The line's number: it chooses gateway and caller id. Missing: the switch's own choice. */
  readonly line?: string;
  /** Sent after the client has answered: `0-9*#`, `w` and `W` wait. */
  readonly afterAnswer?: string;
  /** Read to the employee before the client is called. */
  readonly say?: string;
  /** How long the employee's phone rings. */
  readonly ringSeconds: number;
  /** The header that makes his phone answer by itself. */
  readonly autoAnswer?: AutoAnswer;
}

/**
 * `call-info`: `Call-Info: ...;answer-after=0` (Yealink, Grandstream, Snom, softphones); anything else is the text of an
 * `Alert-Info` header, as the phone's manual has it.
 */
export type AutoAnswer =
  { readonly kind: 'call-info' } | { readonly kind: 'alert-info'; readonly text: string };

/** A click that is not dialled, and why. */
export interface ClickRefusal {
  readonly callId: string;
  /** Undefined: no switch is known at all. */
  readonly switchId: string | undefined;
  readonly click: Click;
}
