import type { EventRecord } from '../../captured-calls/captured-event';
import type { CallcenterSettings, QueueSettings } from '../config';
import type { SwitchCore } from '../core';
import type { Originate } from '../originate';
import { Agents, type Agent } from './agents';
import { inOrder } from './in-order';
import { EVERYBODY, type Member } from './member';
import { Members } from './members';
import { Offer } from './offer';
import { TierRule } from './tier-rule';

/** How often agents are looked for (cc_agent_dispatch_thread_run). */
const LOOK_MS = 100;

/** When agents of a queue were looked for, and when there were any. Epoch seconds. */
export interface AgentCheck {
  lookedAt: number;
  foundAt: number;
}

/** mod_callcenter: its queues, who waits there, and the agents who are called for them. */
export class CallCenter {
  readonly agents: Agents;
  readonly members: Members;
  readonly #checks = new Map<string, AgentCheck>();
  #isLooking = false;

  constructor(
    readonly core: SwitchCore,
    private readonly settings: CallcenterSettings,
    private readonly originate: Originate,
  ) {
    const tell = (headers: EventRecord): void => this.tell(headers);
    this.agents = new Agents(settings, () => this.now(), tell);
    this.members = new Members(core, tell);
  }

  queue(name: string): QueueSettings | undefined {
    return this.settings.queues.find((queue) => queue.name === name);
  }

  /** Epoch seconds. */
  now(): number {
    return Math.floor(this.core.clock.now() / 1000);
  }

  /** Lets a callcenter::info event happen that is about no channel. */
  tell(headers: EventRecord): void {
    this.core.events.fire('CUSTOM', { 'Event-Subclass': 'callcenter::info', ...headers });
  }

  checkOf({ name }: QueueSettings): AgentCheck {
    const check = this.#checks.get(name) ?? { lookedAt: 0, foundAt: 0 };
    this.#checks.set(name, check);
    return check;
  }

  /** Somebody comes: agents are looked for until nobody waits any more. */
  join(member: Member): void {
    this.members.discard(this.now());
    this.members.add(member);
    if (this.#isLooking) return;
    this.#isLooking = true;
    this.core.clock.after(0, () => this.#look());
  }

  #look(): void {
    for (const member of this.members.toBeServed(this.now())) this.#serve(member);
    this.#isLooking = this.members.all.some((member) => member.isWaiting && this.members.isPresent(member));
    if (this.#isLooking) this.core.clock.after(LOOK_MS, () => this.#look());
  }

  /** Offers a member to the next agent who is free, or to all of them (members_callback, agents_callback). */
  #serve(member: Member): void {
    const { queue } = member;
    const now = this.now();
    const ringsAll = queue.strategy === 'ring-all';
    if (ringsAll) member.state = 'Trying';
    const rule = new TierRule(queue.tierRules, now - member.joinedAt);
    const candidates = inOrder(queue.strategy, this.agents.of(queue.name), lastAsked(member)).filter(
      ({ agent }) => agent.status !== 'Logged Out',
    );
    for (const { agent, tier } of candidates) {
      if (!rule.mayAsk(tier.level)) break;
      if (!this.agents.isFree(agent)) continue;
      if (ringsAll && member.servingAgent !== EVERYBODY) break;
      if (queue.strategy === 'top-down') rememberAsked(member, tier.level, tier.position);
      this.#offer(member, agent);
      if (!ringsAll) break;
    }
    const check = this.checkOf(queue);
    check.lookedAt = now;
    if (candidates.length > 0) check.foundAt = now;
    else if (queue.strategy === 'top-down') rememberAsked(member, undefined, undefined);
  }

  #offer(member: Member, agent: Agent): void {
    if (member.servingAgent !== EVERYBODY) {
      member.state = 'Trying';
      member.servingAgent = agent.name;
    }
    this.agents.setState(agent, 'Receiving');
    const { originateSeconds } = this.settings;
    const offer = new Offer(this, member, agent, { originate: this.originate, originateSeconds });
    offer.run().catch((error: unknown) => this.core.failed(error));
  }
}

function lastAsked({ channel }: Member): { level: number; position: number } {
  const number = (name: string): number => Number(channel.variables.get(name) ?? 0);
  return {
    level: number('cc_last_agent_tier_level'),
    position: number('cc_last_agent_tier_position'),
  };
}

function rememberAsked(member: Member, level: number | undefined, position: number | undefined): void {
  member.set('cc_last_agent_tier_position', position?.toString());
  member.set('cc_last_agent_tier_level', level?.toString());
}
