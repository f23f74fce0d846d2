import { randomUUID } from 'node:crypto';
import { expand, sortCallerId, type Cause, type Channel, type SwitchCore } from '../core';
import { takeBracketed, type Originate } from '../originate';
import type { Line, Waiting } from './line';
import { Round, type Lines } from './lines';
import { inRingingOrder, type MemberState } from './member-state';
import { SUBCLASS, tell } from './tell';

const LOOK_MS = 1000;
/** It has two naps a round when it has called somebody (node_thread_run). */
const LOOK_AFTER_CALLS_MS = 2000;
const BRIDGE_PATIENCE_MS = 5000;
const ENTERPRISE = ':_:';

/** Calls the members of lines in which somebody waits: looks once a second (node_thread_run, strategy "ringall"). */
export class MemberCalls {
  #stop: () => void = () => undefined;

  constructor(
    private readonly core: SwitchCore,
    private readonly lines: Lines,
    private readonly originate: Originate,
  ) {}

  start(): void {
    if (this.lines.all.some(({ members }) => members.length > 0)) this.#lookIn(LOOK_MS);
  }

  stop(): void {
    this.#stop();
  }

  #lookIn(ms: number): void {
    this.#stop = this.core.clock.after(ms, () => {
      const hasCalled = this.lines.all.map((line) => this.#look(line)).includes(true);
      this.#lookIn(hasCalled ? LOOK_AFTER_CALLS_MS : LOOK_MS);
    });
  }

  /** @returns whether somebody is called */
  #look(line: Line): boolean {
    const isNeeded = line.waiting - line.ringing > 0 && line.idleConsumers === 0;
    if (!isNeeded) return false;
    const now = Math.floor(this.core.clock.now() / 1000);
    const able = inRingingOrder(line.members.filter((member) => member.mayRing(now)));
    const chosen = line.membersPerCaller === 0 ? able : able.slice(0, line.membersPerCaller);
    const { ringing, talking } = this.lines;
    const members = chosen.filter(({ id }) => !ringing.has(id) && !talking.has(id));
    const caller = this.#nextCaller(line);
    if (members.length > 0 && caller) {
      this.#ring(line, members, caller).catch((error: unknown) => this.core.failed(error));
    }
    return chosen.length > 0;
  }

  #nextCaller(line: Line): Channel | undefined {
    const isFree = ({ channel }: Waiting): boolean => !this.lines.rounds.has(channel);
    return line.find((each) => each.isVip && isFree(each)) ?? line.find(isFree);
  }

  async #ring(line: Line, members: readonly MemberState[], caller: Channel): Promise<void> {
    const { lines } = this;
    const round = new Round();
    for (const { id } of members) lines.ringing.set(id, round);
    line.ringing += 1;
    const result = await this.#dial(line, members, caller, round);
    if (result) await result.until(() => result.has('BRIDGED') || !result.isUp, BRIDGE_PATIENCE_MS);
    for (const member of members) {
      member.rings -= 1;
      if (lines.ringing.get(member.id) === round) lines.ringing.delete(member.id);
    }
    line.ringing -= 1;
  }

  async #dial(
    line: Line,
    members: readonly MemberState[],
    caller: Channel,
    round: Round,
  ): Promise<Channel | undefined> {
    const variables = new Map<string, string>();
    const dialString = dialStringOf(line, members, this.core, variables);
    addCaller(variables, line, caller);
    const told = {
      'outbound-strategy': 'ringall',
      'caller-uuid': caller.uuid,
      originate_string: dialString,
      'FIFO-Outbound-UUID-List': members.map(({ id }) => id).join(','),
    };
    caller.variables.set('fifo_originate_uuid', variables.get('fifo_originate_uuid'));
    tell(caller, line.name, 'pre-dial', told);
    for (const member of members) member.rings += 1;
    this.lines.rounds.set(caller, round);
    const result = await this.originate({
      dialString,
      variables,
      timeoutSeconds: Math.max(...members.map(({ settings }) => settings.ringSeconds)),
      calledOff: () => round.calledOff,
      news: round.news,
    });
    this.lines.rounds.delete(caller);
    if ('cause' in result) {
      const cause = round.calledOff && dialString.includes(ENTERPRISE) ? 'NONE' : result.cause;
      this.#noteFailure(line, members, cause, told);
      return undefined;
    }
    const { channel } = result;
    tell(channel, line.name, 'post-dial', {
      ...told,
      'FIFO-Outbound-UUID': channel.variables.get('fifo_outbound_uuid') ?? '',
      result: 'success',
    });
    serve(line, channel);
    return channel;
  }

  /** Who was called in vain rests; not when it was called off (with several dial strings FreeSWITCH does not see that). */
  #noteFailure(
    line: Line,
    members: readonly MemberState[],
    cause: Cause,
    told: Readonly<Record<string, string>>,
  ): void {
    const isAcceptable = cause === 'ORIGINATOR_CANCEL' || cause === 'PICKED_OFF';
    const now = Math.floor(this.core.clock.now() / 1000) + line.retrySeconds;
    if (!isAcceptable) for (const member of members) member.hasNotAnswered(now);
    this.core.events.fire('CUSTOM', {
      'Event-Subclass': SUBCLASS,
      'FIFO-Name': line.name,
      'FIFO-Action': 'post-dial',
      ...told,
      result: 'failure',
      acceptable: String(isAcceptable),
      cause,
    });
  }
}

/**
 * Users each on their own, with all their phones; other legs together.
 *
 * @param variables gets what stands in braces before other legs
 */
function dialStringOf(
  line: Line,
  members: readonly MemberState[],
  core: SwitchCore,
  variables: Map<string, string>,
): string {
  const parts = members.map(({ settings, id }, index) => {
    const own = expand(settings.dialString, {
      variable: (name) => core.globalVariable(name),
      api: () => undefined,
    });
    const about = `leg_timeout=${settings.ringSeconds},fifo_outbound_uuid=${id},fifo_name=${line.name}`;
    const isLast = index === members.length - 1;
    if (own.includes('user/')) {
      const usual = `ignore_early_media=true,outbound_redirect_fatal=true,${about}`;
      return `{${usual}}${own}${isLast ? '' : ENTERPRISE}`;
    }
    const bracketed = takeBracketed(own, '{');
    bracketed?.variables.forEach((value, name) => variables.set(name, value));
    return `[${about}]${bracketed?.rest ?? own}${isLast ? '' : ','}`;
  });
  return parts.join('');
}

/** Who calls, as the phones show it, and whose call it is. */
function addCaller(variables: Map<string, string>, line: Line, caller: Channel): void {
  const { callerIdName, callerIdNumber } = caller.profile;
  const given: readonly (readonly [name: string, value: string])[] = [
    ['origination_caller_id_name', shownName(line.outboundName, callerIdName)],
    ['origination_caller_id_number', callerIdNumber],
  ];
  for (const [name, value] of given) if (value !== '' && !variables.has(name)) variables.set(name, value);
  variables.delete('fifo_outbound_uuid');
  variables.set('fifo_bridge_uuid', caller.uuid);
  variables.set('fifo_originate_uuid', randomUUID());
  for (const name of caller.variables.get('fifo_export')?.split(',') ?? []) {
    const value = caller.variables.get(name);
    if (value !== undefined) variables.set(name, value);
  }
}

function shownName(outboundName: string, name: string): string {
  if (outboundName === '') return name;
  return outboundName.startsWith('=') ? outboundName.slice(1) : `(${outboundName}) ${name}`;
}

/** He has answered: he takes the caller, by the same application as somebody who dials for it. */
function serve(line: Line, channel: Channel): void {
  channel.variables.delete('fifo_pop_order');
  channel.plan = [{ application: 'fifo', data: `${line.name} out nowait` }];
  sortCallerId(channel);
  channel.setState('CS_EXECUTE');
}
