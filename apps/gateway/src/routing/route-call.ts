import type { ClientLookup, HandBackReason, PastRing, RouteDecision, RouteNote } from '@app/calls';
import { EslConnectionLostError, type HandedChannel } from '@app/esl';
import type { RoutedLine } from '@app/store';
import type { CallerLeg } from './caller-leg';
import { type RingEnd } from './caller-leg';
import { lineKey, type RoutedCaller, type RingDesk } from './ring-desk';

/** A caller as the switch has handed him over. */
export interface Caller {
  readonly callId: string;
  readonly did: string;
  readonly domain: string;
  /** E.164; undefined: he hides it, or it is none. */
  readonly number?: string;
  readonly cameAt: number;
}

/** Where a call is routed: its line, its switch, and who hears what was decided. */
export interface RoutePlace {
  readonly line: RoutedLine;
  readonly desk: RingDesk;
  /** Whether the switch tells us of its calls at present. */
  readonly seesCalls: () => boolean;
  /** Who refused to take this call so far, by his leg. */
  readonly refusals: (callId: string) => readonly string[];
  readonly note: (note: Omit<RouteNote, 'channelUuid' | 'moment'>) => void;
}

/** What was found out about the caller before. */
export interface KnownCaller {
  readonly client: ClientLookup;
  readonly responsible?: RoutedCaller['responsible'];
}

/** The longest that anything is waited for without looking again, ms. The watchdog is set anew each time. */
const LOOK_AGAIN_MS = 10_000;
const SECOND = 1_000;

/**
 * One routed call, from the decision who rings first to the talk, or to where the caller goes. It decides, does, and
 * decides again with what came of it.
 */
export class RouteCall {
  private readonly rings: PastRing[] = [];
  private readonly gone = new AbortController();
  private waitedMs = 0;
  private isTalking = false;
  private announcedAt = 0;

  constructor(
    private readonly channel: HandedChannel,
    private readonly leg: CallerLeg,
    private readonly caller: Caller & KnownCaller,
    private readonly place: RoutePlace,
  ) {
    void channel.ended.then(() => this.gone.abort());
  }

  /** Never throws: whatever happens, the caller is in somebody's hands. */
  async run(): Promise<void> {
    try {
      while (!this.gone.signal.aborted && (await this.step()) === 'again');
    } catch (error) {
      if (!(error instanceof EslConnectionLostError)) await this.handBack('blind');
    } finally {
      this.place.desk.waiting.leave(this.caller.callId);
      this.place.desk.ringOver(this.caller.callId);
    }
  }

  /** Lets the dial plan go on, unless he talks with somebody. */
  async handBack(why: HandBackReason): Promise<void> {
    if (this.isTalking || this.gone.signal.aborted) return;
    this.note({ step: 'handed-back', why, whom: [], passedOver: [] });
    await this.leg.handBack();
  }

  private async step(): Promise<'again' | 'done'> {
    if (!this.place.seesCalls()) {
      await this.handBack('blind');
      return 'done';
    }
    const { decision, contacts, count } = await this.place.desk.decide(this.routed());
    // We may have slept: then the dial plan has taken him, and he is not ours any more.
    if (!(await this.leg.isOurs())) return 'done';
    switch (decision.step) {
      case 'ring':
        return this.ring(decision, contacts);
      case 'wait':
        return this.wait(decision, count);
      case 'leave':
        await this.leave(decision);
        return 'done';
    }
  }

  private async ring(
    decision: RouteDecision & { readonly step: 'ring' },
    contacts: readonly string[],
  ): Promise<'again' | 'done'> {
    const { target, seconds, why, passedOver } = decision;
    const whom = target.kind === 'agents' ? target.extensions : [target.number];
    this.place.desk.waiting.leave(this.caller.callId);
    this.note({ step: 'ring', why, whom, passedOver });
    await this.leg.stopMusic();
    const began = performance.now();
    const end =
      target.kind === 'agents'
        ? await this.leg.ringPeople(target.extensions, contacts, seconds)
        : await this.leg.ringNumber(target.number, seconds);
    if (end.kind === 'answered') {
      this.isTalking = true;
      this.place.desk.answered(this.caller.callId);
      // He is out of our hands; whom the dial plan or a phone sends him to later is not our decision.
      await this.channel.ended;
      return 'done';
    }
    this.place.desk.ringOver(this.caller.callId);
    if (end.kind === 'taken') {
      await this.leg.letGo();
      return 'done';
    }
    const rangSeconds = Math.max(1, Math.ceil((performance.now() - began) / SECOND));
    this.rings.push({ target, why, seconds: rangSeconds, refusedBy: this.refusedBy(whom, end) });
    return 'again';
  }

  private async wait(decision: RouteDecision & { readonly step: 'wait' }, count: number): Promise<'again'> {
    const { callId } = this.caller;
    const line = lineKey(this.place.line);
    const { waiting } = this.place.line.settings;
    const { waiting: queue } = this.place.desk;
    if (this.waitedMs === 0)
      this.note({ step: 'wait', why: 'busy', whom: [], passedOver: decision.passedOver });
    const ms = Math.min(decision.seconds * SECOND, LOOK_AGAIN_MS);
    await this.leg.watch(Math.ceil(ms / SECOND));
    await this.leg.playMusic(waiting.answer);
    await this.announce(queue.placeOf(callId, line));
    const began = performance.now();
    await queue.join(callId, line, { ms, count, signal: this.gone.signal });
    this.waitedMs += Math.max(1, performance.now() - began);
    return 'again';
  }

  private async announce(place: number): Promise<void> {
    const { position, positionEverySeconds } = this.place.line.settings.waiting;
    const now = performance.now();
    if (position === undefined || now - this.announcedAt < positionEverySeconds * SECOND) return;
    this.announcedAt = now;
    await this.leg.announce(position.replace('{position}', String(place)));
  }

  private async leave({ to, why, passedOver }: RouteDecision & { readonly step: 'leave' }): Promise<void> {
    this.note({ step: 'leave', why, whom: [nameOf(to)], passedOver });
    await this.leg.stopMusic();
    await this.leg.leave(to, this.caller.did);
    this.channel.release();
  }

  /** Who declined by his leg; of somebody who rang alone the end of the ring tells it too. */
  private refusedBy(whom: readonly string[], end: RingEnd & { readonly kind: 'unanswered' }): string[] {
    const byLegs = this.place.refusals(this.caller.callId);
    const isRefusal = end.cause === 'USER_BUSY' || end.cause === 'CALL_REJECTED';
    return whom.filter((one) => byLegs.includes(one) || (isRefusal && whom.length === 1));
  }

  private routed(): RoutedCaller {
    const { callId, domain, cameAt, responsible } = this.caller;
    const { line } = this.place;
    return {
      callId,
      line: lineKey(line),
      plan: line.plan,
      domain,
      cameAt,
      rings: this.rings,
      waitedSeconds: this.waitedMs / SECOND,
      ...(responsible && { responsible }),
    };
  }

  private note(note: Pick<RouteNote, 'step' | 'why' | 'whom' | 'passedOver'>): void {
    const { client, responsible } = this.caller;
    this.place.note({ ...note, client, ...(responsible && { responsible: responsible.extension }) });
  }
}

function nameOf(to: (RouteDecision & { readonly step: 'leave' })['to']): string {
  switch (to.kind) {
    case 'dialplan':
      return to.to;
    case 'number':
      return to.number;
    case 'hang-up':
      return to.cause;
    case 'fallback':
      return 'fallback';
  }
}
