import { isOver, type Call, type Leg } from '@app/calls';

/** A person as routing knows him: the same extension in two domains is two people. */
export interface Address {
  readonly extension: string;
  readonly domain?: string;
}

/** Hears that somebody who was in a call is in none any more. */
export type FreedListener = () => void;

interface Stay {
  readonly domain: string | undefined;
  /** He talked: when it is over he has not been idle. */
  readonly hasTalked: boolean;
}

/**
 * Who of one switch is in which call, by the legs that the switch has told of. A CRM's view of presence is never asked: it
 * knows nothing of a call that began a moment ago.
 */
export class Presence {
  /** extension -> call -> the phone's part in it. */
  private readonly stays = new Map<string, Map<string, Stay>>();
  private readonly extensionsOf = new Map<string, ReadonlySet<string>>();
  private readonly idleSince = new Map<string, number>();
  private readonly listeners = new Set<FreedListener>();

  /** Takes in calls as they are now; called for every change of every call. */
  see(calls: readonly Call[], now: number): void {
    let someoneIsFree = false;
    for (const call of calls) someoneIsFree = this.seeCall(call, now) || someoneIsFree;
    if (someoneIsFree) for (const tell of [...this.listeners]) tell();
  }

  /** Whether somebody is in a call other than `exceptCallId`. */
  isInCall({ extension, domain }: Address, exceptCallId?: string): boolean {
    for (const [callId, stay] of this.stays.get(extension) ?? []) {
      const isHe = domain === undefined || stay.domain === undefined || stay.domain === domain;
      if (isHe && callId !== exceptCallId) return true;
    }
    return false;
  }

  /** Takes what is known of talks from before we followed the switch. */
  rememberIdle(idle: readonly { readonly extension: string; readonly since: number }[]): void {
    for (const { extension, since } of idle) this.idleSince.set(extension, since);
  }

  /** When his last talk ended, epoch ms; undefined: longer ago than anybody remembers. */
  idleSinceOf(extension: string): number | undefined {
    return this.idleSince.get(extension);
  }

  /** Tells whenever somebody comes free; the result takes it back. */
  onFreed(listener: FreedListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private seeCall(call: Call, now: number): boolean {
    const stays = staysIn(call);
    const before = this.extensionsOf.get(call.callId) ?? new Set<string>();
    for (const [extension, stay] of stays) this.enter(extension, call.callId, stay);
    const gone = [...before].filter((extension) => !stays.has(extension));
    for (const extension of gone) this.depart(extension, call.callId, now);
    if (stays.size > 0) this.extensionsOf.set(call.callId, new Set(stays.keys()));
    else this.extensionsOf.delete(call.callId);
    return gone.length > 0;
  }

  private enter(extension: string, callId: string, stay: Stay): void {
    const calls = this.stays.get(extension) ?? new Map<string, Stay>();
    calls.set(callId, stay);
    this.stays.set(extension, calls);
  }

  private depart(extension: string, callId: string, now: number): void {
    const calls = this.stays.get(extension);
    if (calls?.get(callId)?.hasTalked) this.idleSince.set(extension, now);
    calls?.delete(callId);
    if (calls?.size === 0) this.stays.delete(extension);
  }
}

/** The company's phones in a call; who clicked is in it before his phone rings. */
function staysIn(call: Call): Map<string, Stay> {
  const stays = new Map<string, Stay>();
  if (isOver(call)) return stays;
  const clicked = call.click?.phone;
  if (clicked?.kind === 'extension' && call.legs.length === 0)
    stays.set(clicked.extension, { domain: clicked.domain, hasTalked: false });
  for (const leg of call.legs) {
    const { party } = leg.origin;
    if (leg.ended || party.kind !== 'employee') continue;
    const hasTalked = stays.get(party.extension)?.hasTalked === true || isTalking(leg);
    stays.set(party.extension, { domain: party.domain, hasTalked });
  }
  return stays;
}

function isTalking({ answered }: Leg): boolean {
  return answered !== undefined;
}
