import { Switchboard, type Call, type ChannelOrigin, type Observation } from '@app/calls';

type Told<T = Observation> = T extends Observation ? Omit<T, 'switchId' | 'coreUuid' | 'moment'> : never;

export const CLIENT = '79161234567';
export const DID = '74951234567';

/** One inbound call, told step by step; `call` is what the gateway would have written by now. */
export class PhoneCall {
  readonly #board = new Switchboard({ callIdFor: () => this.callId });
  #call: Call | undefined;
  #seq = 0;

  /** @param at epoch ms of the next thing that happens */
  constructor(
    readonly callId: string,
    public at: number,
  ) {}

  get call(): Call {
    if (!this.#call) throw new Error('nothing has happened yet');
    return this.#call;
  }

  wait(seconds: number): this {
    this.at += seconds * 1000;
    return this;
  }

  /** A client calls in. */
  comesIn(callerNumber = CLIENT): this {
    const origin: ChannelOrigin = {
      direction: 'inbound',
      party: { kind: 'outside' },
      callerNumber,
      dialled: DID,
    };
    return this.#tell({ type: 'ChannelSeen', channelUuid: 'client', origin, linkedTo: [] });
  }

  /** Who rings is to be decided by who calls. */
  asksWhoCalls(): this {
    const decision = {
      step: 'register',
      why: 'who-calls',
      whom: [],
      passedOver: [],
      client: 'not-asked',
    } as const;
    return this.#tell({ type: 'ChannelRouted', channelUuid: 'client', decision });
  }

  /** Phones ring. */
  rings(...extensions: readonly string[]): this {
    for (const channelUuid of extensions) {
      const party = { kind: 'employee', extension: channelUuid } as const;
      const origin: ChannelOrigin = {
        direction: 'outbound',
        party,
        callerNumber: CLIENT,
        dialled: channelUuid,
      };
      this.#tell({ type: 'ChannelSeen', channelUuid, origin, linkedTo: ['client'] });
      this.#tell({ type: 'ChannelRang', channelUuid });
    }
    return this;
  }

  /**
   * An employee takes the call; the other phones stop ringing. With a path the call is recorded, on the client's leg
   * unless told.
   */
  answers(extension: string, recording?: string, recordedOn = 'client'): this {
    this.#tell({ type: 'ChannelAnswered', channelUuid: extension });
    this.#tell({ type: 'ChannelAnswered', channelUuid: 'client' });
    if (recording) this.#tell({ type: 'RecordingStarted', channelUuid: recordedOn, path: recording });
    this.#tell({ type: 'ChannelsBridged', channelUuid: 'client', otherUuid: extension });
    const losers = this.call.legs.filter(
      (leg) => leg.channelUuid !== 'client' && leg.channelUuid !== extension,
    );
    for (const { channelUuid, ended } of losers) if (!ended) this.ends(channelUuid, 'LOSE_RACE');
    return this;
  }

  /** Everybody hangs up. */
  hangsUp(hangupCause = 'NORMAL_CLEARING'): this {
    for (const { channelUuid, ended } of this.call.legs) if (!ended) this.ends(channelUuid, hangupCause);
    return this;
  }

  /** One leg ends. */
  ends(channelUuid: string, hangupCause = 'NORMAL_CLEARING'): this {
    return this.#tell({ type: 'ChannelEnded', channelUuid, hangupCause, transferredAway: false });
  }

  /** A recording is complete. */
  recorded(path: string, discarded = false): this {
    return this.#tell({ type: 'RecordingStopped', channelUuid: 'client', path, discarded });
  }

  #tell(told: Told): this {
    const moment = { at: this.at, seq: (this.#seq += 1) };
    const { changes } = this.#board.take({ ...told, switchId: 'main', coreUuid: 'core-1', moment });
    this.#call = changes.at(-1)?.call ?? this.#call;
    return this;
  }
}
