import type { Expected, ExpectedFiling } from './expected-call';
import type { HeldCall, HeldRow } from '../world/portal-holding';

/** One call of the day: what had to be filed, what was, and what is wrong with it. */
export interface Verdict {
  readonly expected: Expected;
  readonly held?: HeldCall;
  /** In words for people; empty when all is well. */
  readonly problems: readonly string[];
}

export interface JudgeOptions {
  /** LINE_NUMBER of a DID. */
  readonly lineOf: (did: string) => string | undefined;
  /** How many times faster than life the day was played. */
  readonly speed: number;
}

/** The portal takes whole seconds, and the script's own times are good to half a second. */
const TOLERANCE_SECONDS = 1;
/** A talk this long in real time cannot have passed without a card on somebody's screen; ms. */
const CARD_WITHIN_MS = 1500;

/** Holds what a portal has against what happened. A portal call that belongs to no call of the day is a verdict too. */
export function judge(day: readonly Expected[], held: readonly HeldCall[], options: JudgeOptions): Verdict[] {
  const verdicts = day.map((expected) => judgeCall(expected, held, options));
  const known = new Set(day.map(({ phone }) => phone));
  const strangers = held.filter(({ phone }) => !known.has(phone));
  return [...verdicts, ...strangers.map(stranger)];
}

function judgeCall(expected: Expected, held: readonly HeldCall[], options: JudgeOptions): Verdict {
  const { filing, phone } = expected;
  if (!filing) return { expected, problems: [] };
  const own = held.filter((call) => call.phone === phone);
  const filed = own.filter(({ rows }) => rows.length > 0);
  const [call] = filed.length > 0 ? filed : own;
  if (!call) return { expected, problems: ['not in the portal'] };
  const problems = [
    ...countProblems(own, filed),
    ...call.rows.slice(0, 1).flatMap((row) => rowProblems(row, expected, filing, options)),
    ...differs('type', call.type, [filing.type]),
    ...recordingProblems(call, expected, filing),
    ...cardProblems(own, expected, options),
  ];
  return { expected, held: call, problems };
}

function countProblems(own: readonly HeldCall[], filed: readonly HeldCall[]): string[] {
  const rows = filed.reduce((sum, call) => sum + call.rows.length, 0);
  if (rows === 0) return ['registered, never finished'];
  if (rows > 1) return [`filed ${rows} times`];
  return own.length > 1 ? [`registered ${own.length} times`] : [];
}

function rowProblems(
  row: HeldRow,
  { talkSeconds }: Expected,
  { userIds, statusCode, did }: ExpectedFiling,
  { lineOf }: JudgeOptions,
): string[] {
  const line = did === undefined ? undefined : lineOf(did);
  const seconds =
    talkSeconds === 0 ? row.seconds === 0 : Math.abs(row.seconds - talkSeconds) <= TOLERANCE_SECONDS;
  return [
    ...differs('user', row.userId, userIds),
    ...differs('status', row.statusCode, [statusCode]),
    ...(seconds ? [] : [`${row.seconds} s instead of ${talkSeconds} s`]),
    ...(line === undefined ? [] : differs('line', row.line, [line])),
  ];
}

function recordingProblems(
  { recording }: HeldCall,
  { talkSeconds }: Expected,
  filing: ExpectedFiling,
): string[] {
  if (filing.recording === 'none') return recording ? ['a recording where there is none'] : [];
  if (!recording) return ['no recording'];
  if (recording.seconds === undefined) return ['its recording cannot be played'];
  const isShort = filing.recording === 'whole' && recording.seconds < talkSeconds - TOLERANCE_SECONDS;
  return isShort ? [`a recording of ${recording.seconds.toFixed(1)} s for ${talkSeconds} s`] : [];
}

function cardProblems(own: readonly HeldCall[], expected: Expected, { speed }: JudgeOptions): string[] {
  const cards = own.flatMap((call) => call.cards);
  const strangers = new Set(
    cards.map(({ userId }) => userId).filter((id) => !expected.mayShowTo.includes(id)),
  );
  const open = cards.filter(({ hiddenAt }) => hiddenAt === undefined);
  const talkMs = (expected.talkSeconds * 1000) / speed;
  const wasDue = talkMs >= CARD_WITHIN_MS && expected.mayShowTo.length > 0;
  return [
    ...[...strangers].map((userId) => `a card for user ${userId}, whom it did not concern`),
    ...open.map(({ userId }) => `the card of user ${userId} is still open`),
    ...(wasDue && cards.length === 0 ? ['no card was ever shown'] : []),
  ];
}

function differs<T extends string | number>(what: string, is: T, allowed: readonly T[]): string[] {
  return allowed.includes(is) ? [] : [`${what} ${is} instead of ${allowed.join(' or ')}`];
}

function stranger(held: HeldCall): Verdict {
  const direction = held.type === '1' ? 'outbound' : 'inbound';
  const nothing = { outcome: 'unknown', talkSeconds: 0, extensions: [], mayShowTo: [] };
  return {
    expected: { scene: 'no call of the day', direction, phone: held.phone, ...nothing },
    held,
    problems: [`call ${held.callId ?? held.portalCallId} should not be in the portal`],
  };
}
