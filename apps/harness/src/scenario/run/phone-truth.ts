import type { PhoneCall } from '../../phones';
import type { Handset } from './handset';
import type { Scene } from './scene';

/** A call as a phone lived through it: what the product is measured by. Epoch ms. */
export interface PhoneTruth {
  readonly handset: Handset;
  readonly call: PhoneCall;
  /** Of the switch; undefined when it has told of none. */
  readonly channelUuid: string | undefined;
  readonly from: number;
  readonly answered?: number;
  /** Missing: it goes on. */
  readonly until?: number;
}

/** Every call of every phone, in the order in which they began. */
export function phoneTruths(scene: Scene): PhoneTruth[] {
  const truths = scene.handsets.flatMap((handset) =>
    handset.calls.map((call) => truthOf(handset, call, scene)),
  );
  return truths.sort((a, b) => a.from - b.from);
}

function truthOf(handset: Handset, call: PhoneCall, scene: Scene): PhoneTruth {
  const at = (kind: string): number | undefined => call.events.find((event) => event.kind === kind)?.at;
  return {
    handset,
    call,
    channelUuid: scene.channelOf(call),
    from: at('calling') ?? at('called') ?? scene.beginning.at,
    answered: at('answered'),
    until: at('ended'),
  };
}

/** From the first moment that somebody outside (or who has dialled) and another person are both on the line to the last, ms. */
export function talkOf(truths: readonly PhoneTruth[], now: number): { from: number; ms: number } | undefined {
  const principal = principalOf(truths);
  const others = truths.filter((truth) => truth.handset.who !== principal?.handset.who);
  const talks = others.flatMap((other) => overlap(principal, other, now));
  if (talks.length === 0) return undefined;
  const from = Math.min(...talks.map((talk) => talk.from));
  return { from, ms: Math.max(...talks.map((talk) => talk.until)) - from };
}

/** Whose talk is the talk of the call: the client who is longest on the line, or who has dialled. */
function principalOf(truths: readonly PhoneTruth[]): PhoneTruth | undefined {
  return truths.find(({ handset }) => handset.kind === 'client') ?? truths[0];
}

function overlap(a: PhoneTruth | undefined, b: PhoneTruth, now: number): { from: number; until: number }[] {
  if (a?.answered === undefined || b.answered === undefined) return [];
  const from = Math.max(a.answered, b.answered);
  const until = Math.min(a.until ?? now, b.until ?? now);
  return until > from ? [{ from, until }] : [];
}
