import type { EventRecord } from '../../captured-calls/captured-event';
import { fireCustom, startRecording, turn, type Cause, type Channel, type SwitchCore } from '../core';
import { uuidBridge } from '../ivr';
import type { Originate } from '../originate';
import type { Agent, Agents } from './agents';
import { legVariables } from './leg-variables';
import { EVERYBODY, type Member } from './member';
import type { Members } from './members';

/** The call center, as a call to an agent sees it. */
export interface OfferCenter {
  readonly core: SwitchCore;
  readonly agents: Agents;
  readonly members: Members;
  /** Epoch seconds. */
  now(): number;
  /** Lets a callcenter::info event happen that is about no channel. */
  tell(headers: EventRecord): void;
}

export interface OfferDialling {
  readonly originate: Originate;
  readonly originateSeconds: number;
}

const AGENT_SYSTEM = 'single_box';
/** Of the call to the agent, however the talk has ended. */
const SUCCESS = { 'CC-Hangup-Cause': 'SUCCESS' };
/** How long the two legs may take to be connected. */
const BRIDGE_MS = 3000;
/** The thread looks that often whether the agent's leg is still there, and the leg tells its end meanwhile. */
const LOOK_MS = 100;
/** Who has no phone is not asked again at once. */
const UNREGISTERED_SECONDS = 5;

/** One agent is called for one member (outbound_agent_thread_run in mod_callcenter.c). */
export class Offer {
  #calledAt = 0;
  #answeredAt = 0;
  /** Before the call: who changes it meanwhile decides about the next one. */
  readonly #missedBefore: number;
  readonly #isOnDemand: boolean;

  constructor(
    private readonly center: OfferCenter,
    private readonly member: Member,
    private readonly agent: Agent,
    private readonly dialling: OfferDialling,
  ) {
    this.#missedBefore = agent.noAnswerCount;
    this.#isOnDemand = agent.status === 'Available (On Demand)';
  }

  /** Rings the agent, connects him when he answers, and lasts as long as his leg. */
  async run(): Promise<void> {
    const { center, member, agent } = this;
    // every agent who is asked now is told to receive, before the first one rings
    await turn();
    let isBridged = false;
    if (center.members.isPresent(member)) {
      member.channel.hold();
      try {
        isBridged = await this.#call();
      } finally {
        member.channel.release();
      }
    } else {
      member.abandon(center.now());
    }
    center.agents.setState(agent, this.#isOnDemand && isBridged ? 'Idle' : 'Waiting');
  }

  /** @returns whether the two have talked */
  async #call(): Promise<boolean> {
    const { center, member, agent } = this;
    center.tell({
      'CC-Queue': member.queue.name,
      'CC-Action': 'agent-offering',
      'CC-Agent': agent.name,
      'CC-Agent-Type': 'callback',
      'CC-Agent-System': AGENT_SYSTEM,
      ...member.headers,
      ...member.dnisHeader,
    });
    this.#calledAt = center.now();
    member.isConnecting = true;
    const { originate, originateSeconds } = this.dialling;
    const originated = await originate({
      dialString: center.core.expand(member.channel, agent.contact),
      timeoutSeconds: originateSeconds,
      variables: legVariables(member, agent),
    });
    if ('channel' in originated) return this.#answered(originated.channel);
    this.#connectingIsOver();
    this.#failed(originated.cause);
    return false;
  }

  async #answered(leg: Channel): Promise<boolean> {
    leg.hold();
    try {
      leg.variables.delete('cc_member_pre_answer_uuid');
      // two lifted at once: who was slower stays with an empty line, as in FreeSWITCH
      return this.#winsRace() && (await this.#talk(leg));
    } finally {
      leg.release();
    }
  }

  /** Of several phones that rang, only the first one gets the member. */
  #winsRace(): boolean {
    const { center, member, agent } = this;
    if (member.queue.strategy !== 'ring-all') return true;
    if (member.servingAgent !== EVERYBODY || member.state !== 'Trying') return false;
    member.servingAgent = agent.name;
    center.members.stopRinging(member, 'LOSE_RACE');
    return true;
  }

  async #talk(leg: Channel): Promise<boolean> {
    const { center, member, agent } = this;
    this.#answeredAt = center.now();
    this.#tellOf(leg, 'bridge-agent-start', leg, { ...this.#times(), ...member.dnisHeader });
    this.#record();
    member.set('cc_agent_found', 'true');
    member.set('cc_agent_uuid', leg.uuid);
    const isBridged = await this.#bridge(leg);
    if (isBridged) {
      member.set('cc_agent', agent.name);
      member.set('cc_queue_answered_epoch', String(center.now()));
      Object.assign(agent, { uuid: leg.uuid, lastBridgeStart: center.now(), noAnswerCount: 0 });
      agent.callsAnswered += 1;
      center.agents.setState(agent, 'In a queue call');
    }
    this.#connectingIsOver();
    if (isBridged) {
      await leg.until(() => !leg.isUp);
      await new Promise<void>((resolve) => center.core.clock.after(LOOK_MS, resolve));
    }
    this.#tellEnd(leg, isBridged);
    return isBridged;
  }

  async #bridge(leg: Channel): Promise<boolean> {
    const { center, member } = this;
    const isBridged =
      center.members.isPresent(member) &&
      uuidBridge(member.channel, leg) &&
      (await leg.until(() => leg.has('BRIDGED'), BRIDGE_MS));
    if (!isBridged && !member.channel.isUp) {
      for (const side of [leg, member.channel]) side.variables.set('cc_agent_bridged', 'false');
      member.abandon(center.now());
      center.core.hangUp(leg, 'ORIGINATOR_CANCEL');
      return false;
    }
    if (!isBridged && !leg.isUp) {
      member.state = 'Waiting';
      return false;
    }
    for (const side of [leg, member.channel]) side.variables.set('cc_agent_bridged', 'true');
    member.state = 'Answered';
    member.bridgedAt = center.now();
    return true;
  }

  #record(): void {
    const { channel, queue } = this.member;
    if (queue.recordTemplate === undefined) return;
    const path = this.center.core.expand(channel, queue.recordTemplate);
    this.member.set('cc_record_filename', path);
    startRecording(channel, path);
  }

  #connectingIsOver(): void {
    this.member.isConnecting = false;
    this.member.channel.poke();
  }

  #tellEnd(leg: Channel, isBridged: boolean): void {
    const { center, member, agent } = this;
    const now = center.now();
    const { 'CC-Member-Joined-Time': joined, ...times } = this.#times();
    const ending = {
      'CC-Agent-Bridged': String(isBridged),
      ...this.#times(),
      'CC-Bridge-Terminated-Time': String(now),
    };
    this.#tellOf(leg, 'bridge-agent-end', leg, ending, SUCCESS);
    if (!isBridged) return;
    member.set('cc_queue_terminated_epoch', String(now));
    agent.uuid = '';
    agent.lastBridgeEnd = now;
    agent.talkSeconds += now - agent.lastBridgeStart;
    center.members.remove(member);
    const leaving = { ...times, 'CC-Member-Leaving-Time': String(now), 'CC-Member-Joined-Time': joined };
    this.#tellOf(member.channel, 'member-queue-end', leg, leaving, { ...SUCCESS, 'CC-Cause': 'Terminated' });
  }

  #times() {
    return {
      'CC-Agent-Called-Time': String(this.#calledAt),
      'CC-Agent-Answered-Time': String(this.#answeredAt),
      'CC-Member-Joined-Time': String(this.member.joinedAt),
    };
  }

  /** @param about whose variables the event carries */
  #tellOf(about: Channel, action: string, leg: Channel, more: EventRecord, causes: EventRecord = {}): void {
    fireCustom(about, 'callcenter::info', {
      'CC-Queue': this.member.queue.name,
      'CC-Action': action,
      ...causes,
      'CC-Agent': this.agent.name,
      'CC-Agent-System': AGENT_SYSTEM,
      'CC-Agent-UUID': leg.uuid,
      ...more,
      ...this.member.headers,
    });
  }

  /** The agent could not be reached, or did not want to. */
  #failed(cause: Cause): void {
    const { center, member, agent } = this;
    if (member.servingAgent === agent.name) {
      member.servingAgent = '';
      if (member.state === 'Trying') member.state = 'Waiting';
    }
    const seconds = this.#delayAfter(cause);
    if (seconds > 0) agent.readyAt = center.now() + seconds;
    center.tell({
      'CC-Queue': member.queue.name,
      'CC-Action': 'bridge-agent-fail',
      'CC-Hangup-Cause': cause,
      'CC-Agent': agent.name,
      'CC-Agent-System': AGENT_SYSTEM,
      'CC-Agent-Called-Time': String(this.#calledAt),
      'CC-Agent-Aborted-Time': String(center.now()),
      ...member.headers,
      'CC-Member-Joined-Time': String(member.joinedAt),
    });
  }

  /** How long the agent is left alone, in seconds. */
  #delayAfter(cause: Cause): number {
    const { agent } = this;
    switch (cause) {
      case 'LOSE_RACE':
      case 'ORIGINATOR_CANCEL':
        return 0;
      case 'NORMAL_CIRCUIT_CONGESTION':
      case 'USER_BUSY':
        return agent.busyDelaySeconds;
      case 'CALL_REJECTED':
        return agent.rejectDelaySeconds;
      case 'USER_NOT_REGISTERED':
        return UNREGISTERED_SECONDS;
      default:
        this.#missed();
        return agent.noAnswerDelaySeconds;
    }
  }

  #missed(): void {
    const { center, member, agent } = this;
    agent.noAnswerCount += 1;
    if (agent.maxNoAnswer === 0 || this.#missedBefore + 1 < agent.maxNoAnswer) return;
    const { noAnswerStatus } = member.queue;
    center.tell({
      'CC-Agent': agent.name,
      'CC-Action': 'agent-max-no-answer',
      'CC-Agent-No-Answer-Count': String(agent.maxNoAnswer),
      'CC-Agent-No-Answer-Status': noAnswerStatus,
      'CC-Member-UUID': member.uuid,
      'CC-Member-Session-UUID': member.channel.uuid,
    });
    center.agents.setStatus(agent, noAnswerStatus);
  }
}
