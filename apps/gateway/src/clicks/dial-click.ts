import type { ClickEnd, ClickOrder, ClickPhone, StandIn } from '@app/calls';
import { addressOf, originateArguments } from '@app/clicks';
import { EslCommandError, EslError, type LinkState, type SwitchCommands } from '@app/esl';
import type { Logger } from '@app/observability';
import type { ClickStore } from '@app/store';
import type { CallIntake } from '../calls/call-intake';

/** How clicks are dialled. */
export interface DialSettings {
  readonly mobileGateway: string;
  readonly voice?: string;
}

/** One switch as dialling needs it. */
export interface DialSwitch {
  readonly link: Pick<SwitchCommands, 'api' | 'bgapi'> & { readonly state: LinkState };
  readonly intake: Pick<CallIntake, 'expectClick' | 'endClick' | 'awaitsChannel'>;
}

/** The switch is not there: the order is left to be taken when it is, or until it is too late. */
export class SwitchAwayError extends Error {
  override readonly name = 'SwitchAwayError';
}

/** After the phone has rung long enough the switch needs a moment to say so. */
const ANSWER_MS = 15_000;
/** `sofia_contact` of somebody who is not registered says `error/user_not_registered`. */
const REGISTERED = /^sofia\//;
const CAUSE = /^-ERR ([A-Z_]{3,64})$/;

/**
 * Dials clicks on one switch. An order is taken in the database before anything is sent, by one process and once; its call
 * is there before its first channel. What the switch says to the command ends a click only that never had a channel:
 * channels tell themselves what became of them.
 */
export class DialClick {
  constructor(
    private readonly place: DialSwitch,
    private readonly clicks: Pick<ClickStore, 'orderOf' | 'take'>,
    private readonly settings: DialSettings,
    private readonly log: Logger,
  ) {}

  /**
   * Takes an order and sends it. Resolves when it is sent, not when anybody has answered.
   *
   * @throws SwitchAwayError, StoreError: nothing was taken, and it may be tried again
   */
  async dial(callId: string): Promise<void> {
    if (this.place.link.state !== 'up') throw new SwitchAwayError('the switch is away');
    const standIn = await this.standInFor(callId);
    const taken = await this.clicks.take(callId, Date.now(), standIn);
    if (!taken) {
      this.log.info({ callId }, 'a click was dialled already, or it is too late for it');
      return;
    }
    this.place.intake.expectClick(taken.call);
    void this.originate(taken.order);
  }

  /** The first whose phone is there, if that is not who was picked; undefined also when nobody's is. */
  private async standInFor(callId: string): Promise<StandIn | undefined> {
    const order = await this.clicks.orderOf(callId);
    if (!order?.standIns || (await this.isThere(order.click.phone))) return undefined;
    for (const standIn of order.standIns) if (await this.isThere(standIn.phone)) return standIn;
    return undefined;
  }

  private async isThere(phone: ClickPhone | undefined): Promise<boolean> {
    if (phone?.kind !== 'extension') return true;
    return REGISTERED.test(await this.contactsOf(phone));
  }

  /** Never rejects. */
  private async originate(order: ClickOrder): Promise<void> {
    const { callId } = order;
    try {
      const presetUuid = await this.hasOneDevice(order);
      const line = originateArguments(order, { ...this.settings, presetUuid });
      // While the switch was asked the link may have gone and come back, and the click with it.
      if (!this.place.intake.awaitsChannel(callId)) return;
      this.log.info({ callId, switchId: order.switchId, userId: order.click.userId }, 'dialling a click');
      await this.place.link.bgapi('originate', line, {
        timeoutMs: order.dialling.ringSeconds * 1000 + ANSWER_MS,
      });
    } catch (error) {
      this.end(callId, error);
    }
  }

  /**
   * FreeSWITCH gives all devices of a person the same preset uuid and refuses all but the first: such a person is called
   * without one. A second command for the same call would have had to take the order twice.
   */
  private async hasOneDevice({ click: { phone } }: ClickOrder): Promise<boolean> {
    if (phone?.kind !== 'extension') return true;
    return !(await this.contactsOf(phone)).includes(',');
  }

  private contactsOf(phone: ClickPhone): Promise<string> {
    return this.place.link.api('sofia_contact', `*/${addressOf(phone)}`).catch(unlessLost);
  }

  private end(callId: string, error: unknown): void {
    const end = endOf(error);
    if (!end) {
      // The link is gone and the command may have been carried out: the next resync shows whether it was.
      this.log.warn({ callId, err: error }, 'nobody knows whether a click was dialled');
      return;
    }
    this.log.info({ callId, ...end, err: error }, 'a click was not answered, or not carried out');
    this.place.intake.endClick(callId, end);
  }
}

/** What an error of the command says about a click without a channel; undefined: nothing yet. */
function endOf(error: unknown): Omit<ClickEnd, 'moment'> | undefined {
  if (error instanceof EslCommandError) {
    const hangupCause = CAUSE.exec(error.reply)?.[1];
    return { trouble: 'unreachable', ...(hangupCause !== undefined && { hangupCause }) };
  }
  if (!(error instanceof EslError)) return { trouble: 'unreachable' };
  if (error.name === 'EslTimeoutError') return { trouble: 'lost' };
  return error.verdict === 'unknown-outcome' ? undefined : { trouble: 'switch-away' };
}

/** A person without a device is refused by originate, with the right cause. */
function unlessLost(error: unknown): string {
  if (error instanceof EslCommandError) return '';
  throw error;
}
