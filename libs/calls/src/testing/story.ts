import type { ChannelEnded, ChannelOrigin, Observation, Party } from '../observation';

/** When every story begins; epoch ms. */
export const STORY_BEGINS = Date.UTC(2026, 2, 2, 9);

/** FreeSWITCH counts every event of the switch, and about every third is one that we see. */
const EVENTS_BETWEEN = 3;

export const CLIENT_NUMBER = '+79161234567';
export const COMPANY_NUMBER = '+74951234567';

/** One observation without what the story fills in: switch, life of the switch, moment. */
type Told<T = Observation> = T extends Observation ? Omit<T, 'switchId' | 'coreUuid' | 'moment'> : never;

interface LegDetails {
  readonly callId?: string;
  /** Channels that it was created for; of a leg that the switch dials, the first leg of the story unless told. */
  readonly linkedTo?: readonly string[];
  readonly origin?: Partial<ChannelOrigin>;
}

/**
 * A phone call, told as what a switch lets us see of it. Legs are named by the teller, and the name is the channel's
 * uuid: one that begins with digits is an employee's phone (`1001`, `1001-softphone`), every other is outside.
 *
 * ```ts
 * story().comesIn('client').dials('1001').rings('1001').wait(4).talk('client', '1001').wait(60).hangsUp('client')
 * ```
 */
export class Story {
  readonly observations: Observation[] = [];
  private at = STORY_BEGINS;
  private seq = 1000;
  private readonly answered = new Set<string>();

  constructor(private coreUuid = 'core-1') {}

  /** Lets time pass. */
  wait(seconds: number): this {
    this.at += Math.round(seconds * 1000);
    return this;
  }

  /** The switch was started anew. */
  restarts(coreUuid: string): this {
    this.coreUuid = coreUuid;
    this.seq = 400;
    return this.wait(4);
  }

  /** A client calls in over the trunk. */
  comesIn(leg: string, details: LegDetails = {}): this {
    const caller = {
      callerNumber: CLIENT_NUMBER,
      originalCallerNumber: CLIENT_NUMBER,
      dialled: COMPANY_NUMBER,
    };
    return this.appears(leg, 'inbound', { linkedTo: [], ...details }, caller);
  }

  /** An employee dials on his phone. */
  phones(leg: string, dialled: string, details: LegDetails = {}): this {
    const callerNumber = extensionIn(leg);
    return this.appears(leg, 'inbound', { linkedTo: [], ...details }, { callerNumber, dialled });
  }

  /** The switch calls a phone by itself (a click in the CRM), showing a number to it. */
  originates(leg: string, callerNumber = CLIENT_NUMBER, details: LegDetails = {}): this {
    const dialled = extensionIn(leg);
    return this.appears(leg, 'outbound', { linkedTo: [], ...details }, { callerNumber, dialled });
  }

  /** The switch calls phones for a leg that is there: a colleague, a gateway, a mobile. */
  dials(...legs: readonly string[]): this {
    for (const leg of legs) this.dialsFor(leg, {});
    return this;
  }

  /** As `dials`, with details. */
  dialsFor(leg: string, details: LegDetails): this {
    const [first] = this.observations;
    const extension = extensionIn(leg);
    const callerNumber = extension === undefined ? COMPANY_NUMBER : CLIENT_NUMBER;
    const origin = { callerNumber, dialled: extension ?? CLIENT_NUMBER };
    return this.appears(leg, 'outbound', { linkedTo: first ? [first.channelUuid] : [], ...details }, origin);
  }

  /** Both halves of a loopback pair, the first linked to a leg. */
  loopback(a: string, b: string, leg: string): this {
    this.appears(a, 'outbound', { linkedTo: [leg], origin: { party: { kind: 'loopback' } } }, {});
    return this.appears(
      b,
      'inbound',
      { linkedTo: [leg, a], origin: { party: { kind: 'loopback', peerUuid: a } } },
      {},
    );
  }

  rings(...legs: readonly string[]): this {
    for (const channelUuid of legs) this.tell({ type: 'ChannelRang', channelUuid });
    return this;
  }

  answers(...legs: readonly string[]): this {
    for (const channelUuid of legs) {
      this.tell({ type: 'ChannelAnswered', channelUuid });
      this.answered.add(channelUuid);
    }
    return this;
  }

  bridges(leg: string, otherUuid: string): this {
    return this.tell({ type: 'ChannelsBridged', channelUuid: leg, otherUuid });
  }

  unbridges(leg: string, otherUuid?: string): this {
    return this.tell({ type: 'ChannelsUnbridged', channelUuid: leg, ...(otherUuid && { otherUuid }) });
  }

  /** The called phone answers, then the caller's leg; then they hear each other. Who is answered stays so. */
  talk(leg: string, called: string): this {
    for (const channelUuid of [called, leg]) if (!this.answered.has(channelUuid)) this.answers(channelUuid);
    return this.bridges(leg, called);
  }

  holds(channelUuid: string): this {
    return this.tell({ type: 'ChannelHeld', channelUuid });
  }

  resumes(channelUuid: string): this {
    return this.tell({ type: 'ChannelResumed', channelUuid });
  }

  parks(channelUuid: string, slot: string): this {
    return this.tell({ type: 'ChannelParked', channelUuid, slot });
  }

  waitsIn(channelUuid: string, queue: string): this {
    return this.tell({ type: 'QueueEntered', channelUuid, queue });
  }

  leavesQueue(channelUuid: string, queue: string, why: string): this {
    return this.tell({ type: 'QueueLeft', channelUuid, queue, why });
  }

  /** Who rings is to be decided by who calls, which the registration of the call tells. */
  asksWhoCalls(channelUuid: string): this {
    const decision = {
      step: 'register',
      why: 'who-calls',
      whom: [],
      passedOver: [],
      client: 'not-asked',
    } as const;
    return this.tell({ type: 'ChannelRouted', channelUuid, decision });
  }

  /** The switch writes the moment of a transfer down in whole seconds, cut off, with no event of its own. */
  isTransferred(channelUuid: string, to: string, referredBy?: string): this {
    const at = Math.floor(this.at / 1000) * 1000;
    const transferId = `transfer-of-${channelUuid}-to-${to}-at-${at}`;
    const told = {
      type: 'ChannelTransferred',
      channelUuid,
      transferId,
      to,
      ...(referredBy && { referredBy }),
    } as const;
    return this.tell(told, { at, seq: 0 });
  }

  enters(channelUuid: string, room: string): this {
    return this.tell({ type: 'RoomEntered', channelUuid, room });
  }

  leaves(channelUuid: string, room: string): this {
    return this.tell({ type: 'RoomLeft', channelUuid, room });
  }

  records(channelUuid: string, path: string): this {
    return this.tell({ type: 'RecordingStarted', channelUuid, path });
  }

  stopsRecording(
    channelUuid: string,
    path: string,
    details: { lengthMs?: number; discarded?: boolean } = {},
  ): this {
    return this.tell({ type: 'RecordingStopped', channelUuid, path, discarded: false, ...details });
  }

  /** A leg ends, with FreeSWITCH's hangup cause. */
  ends(channelUuid: string, hangupCause = 'NORMAL_CLEARING', details: Partial<ChannelEnded> = {}): this {
    return this.tell({ type: 'ChannelEnded', channelUuid, transferredAway: false, hangupCause, ...details });
  }

  /** The person at this leg puts the receiver down. */
  hangsUp(channelUuid: string): this {
    return this.ends(channelUuid, 'NORMAL_CLEARING', { endedBy: 'phone' });
  }

  /** The switch ends legs because their partner is gone. */
  areDropped(...legs: readonly string[]): this {
    for (const leg of legs) this.ends(leg, 'NORMAL_CLEARING', { endedBy: 'switch' });
    return this;
  }

  isLost(channelUuid: string): this {
    return this.tell({ type: 'ChannelLost', channelUuid });
  }

  /** Adds an observation as it stands, now or at a moment of its own. */
  tell(told: Told, moment = { at: this.at, seq: (this.seq += EVENTS_BETWEEN) }): this {
    this.observations.push({ ...told, switchId: 'fs1', coreUuid: this.coreUuid, moment });
    return this;
  }

  private appears(
    channelUuid: string,
    direction: ChannelOrigin['direction'],
    { origin, linkedTo = [], callId }: LegDetails,
    usual: Partial<ChannelOrigin>,
  ): this {
    const whole: ChannelOrigin = { direction, party: partyNamed(channelUuid), ...usual, ...origin };
    return this.tell({
      type: 'ChannelSeen',
      channelUuid,
      origin: whole,
      linkedTo,
      ...(callId && { callId }),
    });
  }
}

/** Begins a story. */
export function story(): Story {
  return new Story();
}

function partyNamed(leg: string): Party {
  const extension = extensionIn(leg);
  return extension === undefined
    ? { kind: 'outside' }
    : { kind: 'employee', extension, domain: 'office.example' };
}

function extensionIn(leg: string): string | undefined {
  return /^\d+/.exec(leg)?.[0];
}
