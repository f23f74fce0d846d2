import {
  decideRoute,
  type Agent,
  type Call,
  type PastRing,
  type RouteDecision,
  type RoutePlan,
} from '@app/calls';
import type { SwitchCommands } from '@app/esl';
import type { RoutePast } from '@app/store';
import { OneAtATime } from './one-at-a-time';
import { Presence, type Address } from './presence';
import { Registrations, type Contacts } from './registrations';
import { Reservations } from './reservations';
import { WaitingCallers } from './waiting-callers';

/** What the callers of a number of the company have in common (`RoutedCaller.line`). */
export function lineKey({ portalId, did }: { readonly portalId: string; readonly did: string }): string {
  return `${portalId} ${did}`;
}

/** A caller of whom it has to be decided what comes next. */
export interface RoutedCaller {
  readonly callId: string;
  /** `lineKey` of the number that he called. */
  readonly line: string;
  readonly plan: RoutePlan;
  /** Of the phones. */
  readonly domain: string;
  readonly cameAt: number;
  /** The extension of his own manager, and whether that one is at work. */
  readonly responsible?: { readonly extension: string; readonly isOffDuty: boolean };
  readonly rings: readonly PastRing[];
  readonly waitedSeconds: number;
}

/** What comes next for a caller; who rings is reserved for him. */
export interface DeskDecision {
  readonly decision: RouteDecision;
  /** Parts of a dial string, of those who ring. */
  readonly contacts: readonly string[];
  /** `WaitingCallers.count` when it was made: who has come free since then was not seen. */
  readonly count: number;
}

export interface RingDeskOptions {
  /** How long the switch may take to tell of a phone, ms. */
  readonly commandMs: number;
  /** Epoch ms. */
  readonly now: () => number;
}

/**
 * Decides who rings on one switch. One decision at a time, for all its lines: who was found free is reserved before the
 * next one is made. So nobody rings for two callers, however many call at once. It holds as long as one gateway follows
 * the switch; another one would know of the legs, but not of these reservations.
 */
export class RingDesk {
  readonly waiting = new WaitingCallers();
  private readonly presence = new Presence();
  private readonly reservations: Reservations;
  private readonly registrations: Registrations;
  private readonly turn = new OneAtATime();
  private readonly lastOfLine = new Map<string, string>();

  constructor(
    commands: Pick<SwitchCommands, 'api'>,
    private readonly options: RingDeskOptions,
  ) {
    this.registrations = new Registrations(commands, options.commandMs);
    this.reservations = new Reservations(this.presence, () => this.waiting.wakeAll());
    this.presence.onFreed(() => this.waiting.wakeAll());
  }

  /** Goes on where the gateway before was; before anything else is seen. */
  goOnFrom({ idle, lastRung }: RoutePast): void {
    this.presence.rememberIdle(idle);
    for (const { extension, ...line } of lastRung) this.lastOfLine.set(lineKey(line), extension);
  }

  /** Takes in the calls of the switch that changed. */
  see(calls: readonly Call[]): void {
    this.presence.see(calls, this.options.now());
    this.reservations.settle();
  }

  /**
   * What comes next for a caller; who rings is his until `ringOver` or `answered`.
   *
   * @throws EslError when the switch does not tell whose phones are there
   */
  decide(caller: RoutedCaller): Promise<DeskDecision> {
    return this.turn.run(async () => {
      const { count } = this.waiting;
      const phones = await this.phonesFor(caller);
      const decision = decideRoute(caller.plan, this.sightOf(caller, phones));
      if (decision.step !== 'ring' || decision.target.kind !== 'agents')
        return { decision, contacts: [], count };
      const { extensions } = decision.target;
      this.reservations.hold(
        extensions.map((extension) => ({ extension, domain: caller.domain })),
        caller.callId,
      );
      const last = extensions.at(-1);
      if (last !== undefined && decision.why === 'queue') this.lastOfLine.set(caller.line, last);
      const contacts = extensions.map((extension) => phones.get(extension));
      return { decision, contacts: contacts.filter((one): one is string => one !== undefined), count };
    });
  }

  /** The phones have stopped ringing for this call, or never began. */
  ringOver(callId: string): void {
    this.reservations.release(callId);
  }

  /** Somebody talks with the caller. */
  answered(callId: string): void {
    this.reservations.keepUntilSeen(callId);
  }

  private async phonesFor({ plan, responsible, domain }: RoutedCaller): Promise<Map<string, Contacts>> {
    const extensions = new Set([
      ...plan.members.map(({ extension }) => extension),
      ...(responsible ? [responsible.extension] : []),
    ]);
    const asked = [...extensions].map(async (extension) => {
      return [extension, await this.registrations.contactsOf({ extension, domain })] as const;
    });
    return new Map(await Promise.all(asked));
  }

  private sightOf(caller: RoutedCaller, phones: ReadonlyMap<string, Contacts>) {
    const { plan, responsible, cameAt, rings, waitedSeconds } = caller;
    const stateOf = (extension: string): Agent['state'] =>
      phones.get(extension) === undefined
        ? 'away'
        : this.stateOf({ extension, domain: caller.domain }, caller);
    const agents = plan.members.map((member): Agent => {
      const idleSince = this.presence.idleSinceOf(member.extension);
      return { ...member, state: stateOf(member.extension), ...(idleSince !== undefined && { idleSince }) };
    });
    const lastOfLine = this.lastOfLine.get(caller.line);
    return {
      cameAt,
      agents,
      rings,
      waitedSeconds,
      ...(responsible && {
        responsible: {
          extension: responsible.extension,
          state: responsible.isOffDuty ? ('off-duty' as const) : stateOf(responsible.extension),
        },
      }),
      ...(lastOfLine !== undefined && { lastOfLine }),
    };
  }

  private stateOf(address: Address, { callId }: RoutedCaller): Agent['state'] {
    const isBusy = this.presence.isInCall(address, callId) || this.reservations.isHeld(address, callId);
    return isBusy ? 'busy' : 'free';
  }
}
