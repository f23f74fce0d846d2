import { absorb, beginCall } from './absorb';
import { endOf, isOver, type Call } from './call';
import type { CallEvent } from './call-event';
import { clickEnded } from './clicks/click-call';
import type { ClickEnd, ClickTrouble } from './clicks/click';
import { evolve } from './evolve';
import { bothHaveClients, isAnotherCaller, isOlder, lastKnownMoment, sharedRoom } from './meeting';
import { isBefore, type Moment } from './moment';
import type { ChannelSeen, Observation } from './observation';
import { SpentIds } from './spent-ids';

/** What an observation changed: the calls as they are now, and the journal entries that led there. */
export interface Change {
  readonly call: Call;
  readonly events: readonly CallEvent[];
}

/** Something that a healthy switch does not tell; counted and logged, never fatal. */
export interface CallAnomaly {
  readonly kind: 'unknown-channel';
  readonly channelUuid: string;
  readonly observation: Observation['type'];
}

export interface Taken {
  readonly changes: readonly Change[];
  readonly anomalies: readonly CallAnomaly[];
}

export interface SwitchboardOptions {
  /** Makes the id of a call from its first channel. The same channel must always give the same id. */
  readonly callIdFor: (channelUuid: string, coreUuid: string) => string;
}

/** Observations of channels that nobody introduced yet; more than this many wait no longer. */
const MOST_WAITING = 1000;

/**
 * All calls of one switch that are not forgotten yet: tells to which call an observation belongs, and makes two calls
 * that meet into one. Linking follows freeswitch-facts section 3: our own id on the channel, then the channels it was
 * created for; later, calls meet when their channels are bridged or enter the same room. A call is never split.
 */
export class Switchboard {
  private readonly calls = new Map<string, Call>();
  private readonly callOfChannel = new Map<string, string>();
  /** Channels that were named (as a link, or in a bridge) before they were seen. */
  private readonly expected = new Map<string, string>();
  private waiting: Observation[] = [];
  private readonly spentIds = new SpentIds();
  private coreUuid: string | undefined;
  private readonly formerLives = new Set<string>();
  private lastSeen: Moment = { at: 0, seq: 0 };

  constructor(private readonly options: SwitchboardOptions) {}

  /** Takes calls that were open when this process stopped; call before the first observation. */
  restore(calls: readonly Call[]): void {
    for (const call of calls) {
      this.keep(call);
      // A click without a channel knows no life of the switch.
      if (!call.click || call.legs.length > 0) this.coreUuid ??= call.legs.at(-1)?.coreUuid ?? call.coreUuid;
      this.lastSeen = later(this.lastSeen, lastKnownMoment(call));
    }
  }

  /** `Core-UUID` of the life of the switch that speaks; undefined before its first word. */
  get life(): string | undefined {
    return this.coreUuid;
  }

  /** Applies one observation. */
  take(seen: Observation): Taken {
    const changes = this.noticeRestart(seen.coreUuid);
    const taken = this.place(seen);
    // What we decide bears the time of our own clock.
    if (seen.type !== 'ChannelRouted') this.lastSeen = later(this.lastSeen, seen.moment);
    return { changes: [...changes, ...taken.changes], anomalies: taken.anomalies };
  }

  /**
   * The switch lives (a heartbeat, or any event of no channel): what is lost later was alive until then.
   *
   * @returns the calls that ended because this is another life of the switch.
   */
  heard(coreUuid: string, moment: Moment): Change[] {
    const changes = this.noticeRestart(coreUuid);
    this.lastSeen = later(this.lastSeen, moment);
    return changes;
  }

  /**
   * Compares with what the switch says is alive: our channels that it does not name are lost.
   *
   * @param coreUuid the life of the switch that speaks; channels of an earlier life are lost whatever it lists.
   */
  reconcile(alive: ReadonlySet<string>, coreUuid: string): Change[] {
    this.beginLife(coreUuid);
    const gone = [...this.openChannels()].filter(([uuid, core]) => !alive.has(uuid) || this.isFormer(core));
    this.waiting = this.waiting.filter((seen) => alive.has(seen.channelUuid));
    return gone.flatMap(([channelUuid]) => this.lose(channelUuid));
  }

  /** Takes the call of a click that is about to be dialled: the channels that follow are its own. */
  expectClick(call: Call): void {
    this.keep(call);
    this.spentIds.spend(call.callId);
  }

  /** A click came to nothing. What channels of it there are go on, and decide what is filed. */
  endClick(callId: string, end: Omit<ClickEnd, 'moment'>, at: number): Change[] {
    const call = this.calls.get(callId);
    if (!call) return [];
    // The clock of the switch may be behind ours: no call ends before it started.
    const event = clickEnded({ ...end, moment: { at: Math.max(at, call.started.at), seq: 0 } });
    const changed = evolve(call, event);
    this.keep(changed);
    return changed === call ? [] : [{ call: changed, events: [event] }];
  }

  /**
   * Ends the clicks of which the switch shows no channel.
   *
   * @param begunBefore epoch ms: younger ones are left alone
   */
  endClicksWithoutChannel(trouble: ClickTrouble, at: number, begunBefore = Infinity): Change[] {
    return this.openCalls()
      .filter((call) => call.click && call.legs.length === 0 && call.started.at < begunBefore)
      .flatMap((call) => this.endClick(call.callId, { trouble }, at));
  }

  /** Whether a click waits for its first channel. */
  awaitsChannel(callId: string): boolean {
    const call = this.calls.get(callId);
    return call !== undefined && call.legs.length === 0 && !isOver(call);
  }

  /** The calls of which at least one channel lives. */
  openCalls(): Call[] {
    return [...this.calls.values()].filter((call) => !isOver(call));
  }

  /** The call of a channel, if it is known and not forgotten. */
  callOf(channelUuid: string): Call | undefined {
    const callId = this.callOfChannel.get(channelUuid);
    return callId === undefined ? undefined : this.calls.get(callId);
  }

  /**
   * Drops calls that ended before `before` (epoch ms on the switch's clock): nothing more is expected of them. A call
   * that became part of another is kept as long as that one: channels may still carry its id.
   */
  forgetEnded(before: number): void {
    for (const call of this.calls.values()) {
      const isDone = call.mergedInto
        ? !this.calls.has(call.mergedInto.callId)
        : isOver(call) && endOf(call) < before;
      if (isDone) this.forget(call);
    }
  }

  private forget(call: Call): void {
    this.calls.delete(call.callId);
    for (const { channelUuid } of call.legs) {
      if (this.callOfChannel.get(channelUuid) === call.callId) this.callOfChannel.delete(channelUuid);
    }
    for (const [uuid, callId] of this.expected) if (callId === call.callId) this.expected.delete(uuid);
  }

  private noticeRestart(coreUuid: string): Change[] {
    if (!this.beginLife(coreUuid)) return [];
    return [...this.openChannels()]
      .filter(([, core]) => this.isFormer(core))
      .flatMap(([channelUuid]) => this.lose(channelUuid));
  }

  /** Whether this is the first word of a new life of the switch; a straggler of a former life is none. */
  private beginLife(coreUuid: string): boolean {
    if (coreUuid === '' || coreUuid === this.coreUuid || this.formerLives.has(coreUuid)) return false;
    if (this.coreUuid !== undefined) this.formerLives.add(this.coreUuid);
    this.coreUuid = coreUuid;
    return true;
  }

  private isFormer(coreUuid: string): boolean {
    return coreUuid !== '' && coreUuid !== this.coreUuid;
  }

  private *openChannels(): Generator<[channelUuid: string, coreUuid: string]> {
    for (const call of this.calls.values()) {
      if (call.mergedInto) continue;
      for (const leg of call.legs) if (!leg.ended) yield [leg.channelUuid, leg.coreUuid];
    }
  }

  private lose(channelUuid: string): Change[] {
    const call = this.callOf(channelUuid);
    if (!call) return [];
    const lost = {
      type: 'ChannelLost',
      switchId: call.switchId,
      coreUuid: call.coreUuid,
      channelUuid,
    } as const;
    return this.apply(call, { ...lost, moment: this.lastSeen });
  }

  private place(seen: Observation): Taken {
    const known = this.callOf(seen.channelUuid);
    if (known) return { changes: this.meetAndApply(known, seen), anomalies: [] };
    if (seen.type === 'ChannelSeen') return this.introduce(seen);
    if (seen.type === 'ChannelEnded' || seen.type === 'ChannelLost') {
      this.dropWaiting(seen.channelUuid);
      return { changes: [], anomalies: [unknownChannel(seen)] };
    }
    this.waiting.push(seen);
    const tooOld = this.waiting.length > MOST_WAITING ? this.waiting.shift() : undefined;
    return { changes: [], anomalies: tooOld ? [unknownChannel(tooOld)] : [] };
  }

  private introduce(seen: ChannelSeen): Taken {
    const [known, ...others] = this.callsLinkedBy(seen);
    const call = known ?? this.callNamedBy(seen) ?? this.begin(seen);
    const changes = this.apply(call, seen);
    for (const uuid of seen.linkedTo) if (!this.callOfChannel.has(uuid)) this.expected.set(uuid, call.callId);
    this.expected.delete(seen.channelUuid);
    const met = others.flatMap((other) =>
      this.merge(this.survivorOf(call), this.survivorOf(other), seen.moment),
    );
    return this.takeWaiting(seen.channelUuid, [...changes, ...met]);
  }

  /** What was told of the channel before it was introduced, in the order told. */
  private takeWaiting(channelUuid: string, changes: readonly Change[]): Taken {
    const early = this.waiting.filter((observation) => observation.channelUuid === channelUuid);
    if (early.length === 0) return { changes, anomalies: [] };
    this.dropWaiting(channelUuid);
    const later = early.map((observation) => this.place(observation));
    return {
      changes: [...changes, ...later.flatMap((taken) => taken.changes)],
      anomalies: later.flatMap((taken) => taken.anomalies),
    };
  }

  private dropWaiting(channelUuid: string): void {
    this.waiting = this.waiting.filter((observation) => observation.channelUuid !== channelUuid);
  }

  /** The calls of the channels it was created for, most trustworthy first, and the one that expects it. */
  private callsLinkedBy(seen: ChannelSeen): Call[] {
    const found = [...seen.linkedTo, seen.channelUuid].map(
      (uuid) => this.callOf(uuid) ?? this.callExpecting(uuid),
    );
    return [...new Set(found)].filter((call) => call !== undefined);
  }

  private callExpecting(channelUuid: string): Call | undefined {
    const call = this.calls.get(this.expected.get(channelUuid) ?? '');
    return call && this.survivorOf(call);
  }

  private callNamedBy(seen: ChannelSeen): Call | undefined {
    const named = this.calls.get(seen.callId ?? '');
    const call = named && this.survivorOf(named);
    if (!call || isAnotherCaller(call, seen.origin)) return undefined;
    // The channel of a click that was given up for lost: it came after all.
    return !isOver(call) || (call.click && call.legs.length === 0) ? call : undefined;
  }

  private begin(seen: ChannelSeen): Call {
    const { callId, channelUuid, coreUuid } = seen;
    const isFree = callId !== undefined && !this.spentIds.spend(callId) && !this.calls.has(callId);
    return beginCall(isFree ? callId : this.options.callIdFor(channelUuid, coreUuid), seen);
  }

  /** The call as it is now, or the one that it became part of. */
  private survivorOf(call: Call): Call {
    const current = this.calls.get(call.callId) ?? call;
    const into = current.mergedInto && this.calls.get(current.mergedInto.callId);
    return into ? this.survivorOf(into) : current;
  }

  private meetAndApply(call: Call, seen: Observation): Change[] {
    const other = this.metBy(call, seen);
    const merged = other ? this.merge(call, other, seen.moment) : [];
    const current = this.callOf(seen.channelUuid) ?? call;
    return [...merged, ...this.apply(current, seen)];
  }

  /** The other call that this observation shows to be in contact with ours. */
  private metBy(call: Call, seen: Observation): Call | undefined {
    if (seen.type === 'ChannelsBridged') {
      const other = this.callOf(seen.otherUuid) ?? this.callExpecting(seen.otherUuid);
      if (!other) this.expected.set(seen.otherUuid, call.callId);
      return other === call ? undefined : other;
    }
    if (seen.type !== 'RoomEntered') return undefined;
    const inRoom = absorb(call, seen).reduce(evolve, call);
    return [...this.calls.values()].find(
      (other) =>
        other !== call &&
        !other.mergedInto &&
        sharedRoom(inRoom, other) &&
        !bothHaveClients(call, other, seen.moment),
    );
  }

  private merge(one: Call, other: Call, moment: Moment): Change[] {
    if (one.callId === other.callId) return [];
    const [older, younger] = isOlder(other, one) ? [other, one] : [one, other];
    const absorbed: CallEvent = { type: 'CallAbsorbed', other: younger, moment };
    const merged: CallEvent = { type: 'CallMerged', into: older.callId, moment };
    const tombstone = this.keep(evolve(younger, merged));
    const survivor = this.keep(evolve(older, absorbed));
    return [
      { call: survivor, events: [absorbed] },
      { call: tombstone, events: [merged] },
    ];
  }

  private apply(call: Call, seen: Observation): Change[] {
    const events = absorb(call, seen);
    const changed = events.reduce(evolve, call);
    this.keep(changed);
    return events.length === 0 ? [] : [{ call: changed, events }];
  }

  private keep(call: Call): Call {
    this.calls.set(call.callId, call);
    if (!call.mergedInto) for (const leg of call.legs) this.callOfChannel.set(leg.channelUuid, call.callId);
    return call;
  }
}

function later(a: Moment, b: Moment): Moment {
  return isBefore(a, b) ? b : a;
}

function unknownChannel({ channelUuid, type }: Observation): CallAnomaly {
  return { kind: 'unknown-channel', channelUuid, observation: type };
}
