import { randomUUID } from 'node:crypto';
import type { EventDataOf } from '@app/bitrix24/contract';
import { decideClick, type ClickDecision, type ClickRequest } from '@app/calls';
import { clickRules, numberReader } from '@app/clicks';
import type { WorkerSettings } from '@app/config';
import type { Logger } from '@app/observability';
import type { ClickStore, KnownClick, PortalSettings, PortalStore, StoredEvent } from '@app/store';
import type { EventOutcome } from '../portal-event/event-handlers';
import { requestOfCallback, requestOfClick } from './click-request';
import type { FindCallbackUser } from './find-callback-user';

/** Whom clicks are handed on to. */
export interface ClickBells {
  /** A gateway is to dial. */
  dial(switchId: string, callId: string): Promise<void>;
  /** A call is over before it began: it is to be filed. */
  file(callId: string): Promise<void>;
}

export interface OrderSettings {
  readonly clicks: WorkerSettings['clicks'];
  readonly defaultRegion: string;
}

/**
 * Clicks and callbacks of portals: decides, notes the decision down, and has it dialled or filed. May be repeated for the
 * same event: what was decided stays.
 */
export class OrderClicks {
  constructor(
    private readonly stores: {
      readonly clicks: Pick<ClickStore, 'decide' | 'clockSkew' | 'byEvent'>;
      readonly portals: Pick<PortalStore, 'settingsOf'>;
    },
    private readonly callbackUser: Pick<FindCallbackUser, 'find'>,
    private readonly bells: ClickBells,
    private readonly settings: OrderSettings,
    private readonly log: Logger,
  ) {}

  /** ONEXTERNALCALLSTART. */
  async click(data: EventDataOf<'ONEXTERNALCALLSTART'>, event: StoredEvent): Promise<EventOutcome> {
    const skew = await this.stores.clicks.clockSkew(event.portalId, Date.now());
    const settings = await this.stores.portals.settingsOf(event.portalId);
    return this.#order(requestOfClick(event, data, skew), settings, event.eventId);
  }

  /** ONEXTERNALCALLBACKSTART. */
  async callback(data: EventDataOf<'ONEXTERNALCALLBACKSTART'>, event: StoredEvent): Promise<EventOutcome> {
    const known = await this.stores.clicks.byEvent(event.eventId);
    if (known) return this.#handOn(known);
    const skew = await this.stores.clicks.clockSkew(event.portalId, Date.now());
    const settings = await this.stores.portals.settingsOf(event.portalId);
    const people = await this.callbackUser.find(event.portalId, data, settings);
    return this.#order(requestOfCallback(event, data, { ...people, skew }), settings, event.eventId);
  }

  async #order(request: ClickRequest, settings: PortalSettings, eventId: string): Promise<EventOutcome> {
    const now = Date.now();
    const readNumber = numberReader(settings.defaultRegion ?? this.settings.defaultRegion);
    const rules = clickRules(this.settings.clicks, settings.clicks);
    const known = await this.stores.clicks.decide(request, eventId, now, (facts) => {
      const decision = decideClick(request, facts, rules, { now, newId: randomUUID, readNumber });
      this.#logRefusal(decision);
      return decision;
    });
    return this.#handOn(known);
  }

  async #handOn({ callId, switchId, state, trouble }: KnownClick): Promise<EventOutcome> {
    if (state === 'ordered') {
      await this.bells.dial(switchId, callId);
      return { kind: 'handled', note: `ordered as call ${callId}` };
    }
    if (state === 'refused') await this.bells.file(callId);
    return { kind: 'handled', note: `${trouble ?? state}: call ${callId}` };
  }

  /** Whoever has a number refused, by mistake or not, wants to find it. */
  #logRefusal(decision: ClickDecision): void {
    if (decision.kind === 'order') return;
    const { callId, click } = decision.refusal;
    const { portalId, userId, number, lineNumber, ended } = click;
    const facts = { callId, portalId, userId, number, lineNumber, trouble: ended?.trouble };
    this.log.warn(facts, 'a click was refused');
  }
}
