import type { HeldCard, HeldCall } from '../../../world/portal-holding';
import { untruthOf } from './card-times';
import type { PhoneTruth } from '../../run/phone-truth';
import type { Scene } from '../../run/scene';
import type { Aftermath } from '../aftermath';

/** A card, and whether the person should have seen it. Epoch ms. */
export interface JudgedCard {
  readonly card: HeldCard;
  readonly call: HeldCall;
  /** From when on it was not true any more; missing: it was all the time. */
  readonly falseFrom?: number;
  readonly why?: string;
}

/** Holds every card against what the person's phones lived through. */
export function judgeCards(aftermath: Aftermath): JudgedCard[] {
  return aftermath.held.flatMap((call) => call.cards.map((card) => judgeCard(aftermath, call, card)));
}

function judgeCard(aftermath: Aftermath, call: HeldCall, card: HeldCard): JudgedCard {
  const { scene, truths, now } = aftermath;
  const who = scene.whoHasUser(card.userId);
  if (who === undefined)
    return { call, card, falseFrom: card.shownAt, why: `user ${card.userId} is nobody here` };
  const own = truths.filter(({ handset }) => handset.who === who);
  const concerned = own.filter((truth) => isAbout(truth, call.phone, aftermath));
  // The portal itself shows the card of a click, before any phone rings or without one.
  const isOwnClick = call.clickedBy === card.userId;
  if (isOwnClick && concerned.length === 0) return { call, card };
  if (concerned.length === 0) {
    const why =
      own.length === 0 ? 'his phone was in no call' : 'his phone had nothing to do with this client';
    return { call, card, falseFrom: card.shownAt, why };
  }
  const shownAt = isOwnClick ? Math.max(card.shownAt, concerned[0]?.from ?? 0) : card.shownAt;
  return { call, card, ...untruthOf({ ...card, shownAt }, concerned, now) };
}

/** Whether a phone's call is about a client: he called or was called, was heard, or is with the colleague on the line. */
function isAbout(truth: PhoneTruth, phone: string, { scene, truths }: Aftermath): boolean {
  if (isDirectlyAbout(truth, phone, scene)) return true;
  const colleague = scene.whoHasNumber(truth.call.far.number);
  return truths.some(
    (other) =>
      other.handset.who === colleague &&
      other.from <= (truth.until ?? Infinity) &&
      (other.until ?? Infinity) >= truth.from &&
      isDirectlyAbout(other, phone, scene),
  );
}

function isDirectlyAbout({ call, handset }: PhoneTruth, phone: string, scene: Scene): boolean {
  if (handset.kind === 'client') return scene.isNumberOf(handset.who, phone);
  const numbers = [call.far.number, call.calledNumber].map((number) => number.replace(/\D/g, ''));
  if (numbers.includes(phone)) return true;
  const isHeard = call.audio.heard.some(({ hz }) => {
    const client = scene.client(scene.whoSays(hz) ?? '');
    return client !== undefined && scene.isNumberOf(client.id, phone);
  });
  // Somebody who hides his number is shown as such.
  const isHidden = scene.cast.clients.some(({ id }) => scene.hidden.has(id) && scene.isNumberOf(id, phone));
  return isHeard || (isHidden && scene.whoHasNumber(call.far.number) === undefined);
}
