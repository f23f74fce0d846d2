import type { Click, ClickPhone, ClickTrouble } from './click';
import type { ClickOrder, ClickRefusal, Dialling, StandIn } from './click-order';
import {
  deskPhone,
  type ClickFacts,
  type ClickMeans,
  type ClickRequest,
  type ClickRules,
  type DialableNumber,
  type UserPhone,
} from './click-request';
import { pickPerson } from './pick-person';

export type ClickDecision =
  | { readonly kind: 'order'; readonly order: ClickOrder }
  | { readonly kind: 'refusal'; readonly refusal: ClickRefusal };

/**
 * Decides about a click: an order for the switch, or the reason why there is none. Pure. Nothing that the portal sent goes
 * into the order as it is: numbers become digits, the phone is the directory's, the line is one of the portal's.
 */
export function decideClick(
  asked: ClickRequest,
  known: ClickFacts,
  rules: ClickRules,
  means: ClickMeans,
): ClickDecision {
  const { person, others } = pickPerson(asked, known);
  const request = { ...asked, userId: person.userId };
  const facts = { ...known, phones: person.phones, callsOfUser: person.calls };
  const target = targetOf(request, facts, means);
  const line = lineOf(request, facts);
  const place = placeOf(request, facts, rules, line);
  const trouble = troubleOf(request, facts, rules, { target, line, place, now: means.now });
  const [callId, agentUuid] = [means.newId(), means.newId()];
  const click = clickOf(request, { target, phone: place?.phone, agentUuid });
  if (trouble !== undefined || !target || !place) {
    const ended = { moment: { at: means.now, seq: 0 }, trouble: trouble ?? 'no-phone' };
    const switchId = place?.switchId ?? facts.switches[0];
    return { kind: 'refusal', refusal: { callId, switchId, click: { ...click, ended } } };
  }
  const { switchId, phone } = place;
  const dialling = diallingOf(request, rules, { target, line, phone });
  const dialBefore = request.askedAt + staleAfter(request, rules);
  const standIns = others.flatMap(({ userId, phones }): StandIn[] => {
    const found = placeOf({ ...request, userId }, { ...facts, phones }, rules, line);
    if (found?.switchId !== switchId) return [];
    const autoAnswer = rules.autoAnswerOf(userId, found.phone);
    return [{ userId, phone: found.phone, ...(autoAnswer && { autoAnswer }) }];
  });
  const order = { callId, switchId, click, dialling, dialBefore };
  return { kind: 'order', order: standIns.length === 0 ? order : { ...order, standIns } };
}

interface Target {
  /** What people see of it, and the portal. */
  readonly number: string;
  readonly digits: string;
  readonly extension?: string;
  readonly isInternal: boolean;
}

const INTERNAL = /^\d{2,6}$/;

function targetOf(
  { numbers }: ClickRequest,
  { colleagues }: ClickFacts,
  { readNumber }: ClickMeans,
): Target | undefined {
  const internal = numbers
    .map((text) => text.trim())
    .find((text) => INTERNAL.test(text) && colleagues.includes(text));
  if (internal !== undefined) return { number: internal, digits: internal, isInternal: true };
  for (const text of numbers) {
    const number = readNumber(text);
    if (number) return outside(number);
  }
  return undefined;
}

/** E.164, whoever read it: a plus and digits, or nothing. */
function outside({ e164, extension }: DialableNumber): Target | undefined {
  if (!/^\+\d{7,15}$/.test(e164)) return undefined;
  return { number: e164, digits: e164.slice(1), isInternal: false, ...(extension && { extension }) };
}

interface ChosenLine {
  readonly kind: 'known' | 'given' | 'none' | 'unknown';
  readonly did?: string;
  readonly switchIds: readonly string[];
}

const LINE_DIGITS = /^\+?(\d{3,15})$/;

/** A portal of which no line is known may still name one by its number; by another name it means nothing to us. */
function lineOf({ lineNumber }: ClickRequest, { lines }: ClickFacts): ChosenLine {
  if (lineNumber === undefined) return { kind: 'none', switchIds: [] };
  const named = lines.filter((line) => line.lineNumber === lineNumber);
  const digits = LINE_DIGITS.exec(named[0]?.did ?? lineNumber)?.[1];
  if (named.length > 0)
    return {
      kind: 'known',
      switchIds: named.map(({ switchId }) => switchId),
      ...(digits && { did: digits }),
    };
  if (lines.length > 0) return { kind: 'unknown', switchIds: [] };
  return digits === undefined
    ? { kind: 'none', switchIds: [] }
    : { kind: 'given', did: digits, switchIds: [] };
}

interface Place {
  readonly switchId: string;
  readonly phone: ClickPhone;
}

/** What an internal number and a domain may look like in a dial string. */
const EXTENSION = /^[A-Za-z0-9_.+*#-]{1,32}$/;
const DOMAIN = /^[A-Za-z0-9.-]{0,253}$/;

function placeOf(
  { userId, isMobile }: ClickRequest,
  { phones, switches }: ClickFacts,
  rules: ClickRules,
  line: ChosenLine,
): Place | undefined {
  const desks = phones.filter(
    ({ extension, domain = '' }) => EXTENSION.test(extension) && DOMAIN.test(domain),
  );
  const desk = desks.find(({ switchId }) => line.switchIds.includes(switchId)) ?? desks[0];
  const wantsMobile = rules.phone === 'mobile' || (rules.phone === 'as-clicked' && isMobile);
  const number = wantsMobile ? rules.mobileOf(userId) : undefined;
  const switchId = desk?.switchId ?? line.switchIds[0] ?? switches[0];
  if (number !== undefined && switchId !== undefined && /^\+\d{7,15}$/.test(number))
    return { switchId, phone: { kind: 'mobile', number } };
  return desk && atDesk(desk);
}

function atDesk(desk: UserPhone): Place {
  return { switchId: desk.switchId, phone: deskPhone(desk) };
}

interface Findings {
  readonly target: Target | undefined;
  readonly line: ChosenLine;
  readonly place: Place | undefined;
  readonly now: number;
}

/** The first reason that applies: what is about the click itself goes before what is about its user's limits. */
function troubleOf(
  request: ClickRequest,
  facts: ClickFacts,
  rules: ClickRules,
  { target, line, place, now }: Findings,
): ClickTrouble | undefined {
  const { kind, askedAt } = request;
  if (now - askedAt > staleAfter(request, rules)) return 'stale';
  if (!target) return 'not-dialable';
  if (!isAllowed(target, rules)) return 'not-allowed';
  if (line.kind === 'unknown') return 'unknown-line';
  if (!place) return kind === 'callback' ? 'nobody' : 'no-phone';
  // Whom visitors ask for has not clicked.
  if (kind === 'click' && facts.clicksOfUser >= rules.clicksPerUser) return 'too-fast';
  if (facts.clicksOfPortal >= rules.clicksPerPortal) return 'too-fast';
  return facts.callsOfUser >= rules.callsPerUser ? 'too-many-calls' : undefined;
}

function staleAfter({ kind }: ClickRequest, rules: ClickRules): number {
  return kind === 'callback' ? rules.staleCallbackAfterMs : rules.staleAfterMs;
}

function isAllowed({ number, isInternal }: Target, { allowedPrefixes, deniedPrefixes }: ClickRules): boolean {
  if (isInternal) return true;
  const begins = (prefix: string) => number.startsWith(prefix);
  return allowedPrefixes.some(begins) && !deniedPrefixes.some(begins);
}

function clickOf(
  { kind, portalId, portalCallId, userId, numbers, lineNumber, callListId, crmEntity }: ClickRequest,
  { target, phone, agentUuid }: { target?: Target; phone?: ClickPhone; agentUuid: string },
): Click {
  return {
    kind,
    portalId,
    userId,
    number: target?.number ?? numbers[0] ?? '',
    agentUuid,
    ...(portalCallId !== undefined && { portalCallId }),
    ...(phone && { phone }),
    ...(lineNumber !== undefined && { lineNumber }),
    ...(callListId !== undefined && { callListId }),
    ...(crmEntity && { crmEntity }),
  };
}

/** What is no key of a phone is left out; a `w` waits half a second. */
const KEYS = /[^0-9*#wW]/g;
const MOST_KEYS = 31;

function diallingOf(
  { extension, text, userId }: ClickRequest,
  { ringSeconds, autoAnswerOf, speech }: ClickRules,
  { target, line, phone }: { readonly target: Target; readonly line: ChosenLine; readonly phone: ClickPhone },
): Dialling {
  const keys = (extension ?? target.extension ?? '').replace(KEYS, '').slice(0, MOST_KEYS);
  const say = text === undefined ? undefined : speech?.(text);
  const autoAnswer = autoAnswerOf(userId, phone);
  return {
    digits: target.digits,
    ringSeconds,
    ...(line.did !== undefined && { line: line.did }),
    // The menu behind the number needs a moment before it listens.
    ...(keys !== '' && { afterAnswer: `W${keys}` }),
    ...(say && { say }),
    ...(autoAnswer && { autoAnswer }),
  };
}
