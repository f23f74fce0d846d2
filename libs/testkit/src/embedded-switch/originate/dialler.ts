import { executeOn, isTrue, setOriginator, type Channel } from '../core';
import { cloneForPartner, runErrands } from '../ivr';
import { Attempt } from './attempt';
import { parseDialString, splitEnterprises, type DialedLeg } from './dial-string/parse-dial-string';
import { finishAttempt, tellDisposition, type AttemptResult } from './finish-attempt';
import type { EndpointKind } from './new-leg';
import { openLegs, type Dialling } from './open-legs';
import { originateEnterprises } from './originate-enterprises';
import type { Originated, OriginateRequest } from './originate-options';
import { exportVariables, readOptions, takeCallersOptions } from './read-options';

/** SWITCH_DEFAULT_TIMEOUT */
const USUAL_SECONDS = 60;

/** Dials: makes legs to phones, by gateways or into the dial plan, and waits for somebody to answer. */
export class Dialler {
  readonly #endpoints = new Map<string, EndpointKind>();

  constructor(private readonly clock: { now(): number }) {}

  /** Makes a kind of endpoint known under its name. */
  know(name: string, kind: EndpointKind): void {
    this.#endpoints.set(name, kind);
  }

  /**
   * Dials a dial string, for a caller or for nobody (switch_ivr_originate).
   *
   * @returns the channel that has answered, or that can be heard; or why there is none
   */
  async originate(request: OriginateRequest): Promise<Originated> {
    const enterprises = splitEnterprises(request.dialString);
    if (enterprises.length > 1) return originateEnterprises(this, request, enterprises);
    const { caller } = request;
    if (caller) {
      setOriginator(caller, true);
      await executeOn(caller, 'execute_on_pre_originate');
      choosePath(caller);
    }
    const result = await this.#dial(request);
    return this.#finish(request, result);
  }

  async #dial(request: OriginateRequest): Promise<AttemptResult> {
    const { caller, dialString } = request;
    const variables = request.variables ?? new Map<string, string>();
    if (caller) exportVariables(caller.variables, variables);
    const parsed = parseDialString(dialString);
    for (const [name, value] of parsed?.variables ?? []) variables.set(name, value);
    if (caller) prepareCaller(caller, variables);
    if (!parsed) return failed(caller);
    const options = readOptions(variables, secondsOf(request));
    const isForked = parsed.attempts.length > 1 || isTrue(variables.get('forked_dial'));
    const dialling = { request, variables, options, isForked, endpoints: this.#endpoints };
    let result: AttemptResult = failed(undefined);
    for (const dialed of request.onlyMakes ? parsed.attempts.slice(0, 1) : parsed.attempts) {
      result = await this.#attempt(dialling, dialed);
      const isDone = result.channel !== undefined || result.isHandedOver || request.calledOff?.();
      const isCallerGone = caller !== undefined && !caller.isReady;
      if (isDone || isCallerGone || (result.isTimeout && !options.goesOnAfterTimeout)) break;
    }
    return result;
  }

  async #attempt(dialling: Dialling, dialed: readonly DialedLeg[]): Promise<AttemptResult> {
    const { request, options } = dialling;
    const { legs, cause, isOver } = await openLegs(dialling, dialed);
    const calledOff = request.calledOff ?? (() => undefined);
    const first = legs[0];
    if (request.onlyMakes && first) {
      return { channel: first.session, cause: 'SUCCESS', isTimeout: false, isHandedOver: false };
    }
    const attempt = new Attempt(request.caller, legs, options, calledOff, this.clock);
    const isPossible = first !== undefined && !isOver;
    const verdict = isPossible ? await attempt.run(request.news) : ({ kind: 'nobody' } as const);
    return finishAttempt(attempt, verdict, options, cause);
  }

  async #finish({ caller }: OriginateRequest, { channel, cause }: AttemptResult): Promise<Originated> {
    if (channel && caller) {
      caller.setPartnerProfile('originatee', cloneForPartner(channel.profile, 'originatee'));
      caller.variables.set('signal_bond', channel.uuid);
      caller.variables.delete('originate_signal_bond');
    }
    if (channel) await executeOn(channel, 'execute_on_post_originate');
    if (caller) {
      await runErrands(caller);
      await executeOn(caller, 'execute_on_post_originate');
      setOriginator(caller, false);
      caller.clearFlag('XFER_ZOMBIE');
      if (!channel && caller.variables.isTrue('hangup_on_single_reject')) caller.core.hangUp(caller, cause);
    }
    return channel ? { channel } : { cause };
  }
}

function failed(caller: Channel | undefined): AttemptResult {
  const cause = caller?.hangupCause ?? 'DESTINATION_OUT_OF_ORDER';
  if (caller) tellDisposition(caller, cause);
  return { channel: undefined, cause, isTimeout: false, isHandedOver: false };
}

/** The caller's call_timeout is stronger than what is asked for. */
function secondsOf({ caller, timeoutSeconds }: OriginateRequest): number {
  const own = Number.parseInt(caller?.variables.get('call_timeout') ?? '', 10);
  return own > 0 ? own : timeoutSeconds || USUAL_SECONDS;
}

/** bypass_media: the sound shall not pass the switch. Who is connected already stays as he is. */
function choosePath(caller: Channel): void {
  const bypasses = caller.variables.get('bypass_media');
  if (bypasses === undefined || caller.has('ANSWERED') || caller.has('EARLY_MEDIA')) return;
  if (isTrue(bypasses)) caller.setFlag('PROXY_MODE');
  else if (caller.endpoint.isPlainMedia) caller.clearFlag('PROXY_MODE');
}

function prepareCaller(caller: Channel, variables: Map<string, string>): void {
  if (caller.variables.isTrue('originate_xfer_zombie')) {
    caller.setFlag('XFER_ZOMBIE');
    variables.set('ignore_early_media', 'true');
  }
  takeCallersOptions(caller.variables, variables);
  caller.variables.set('originate_disposition', 'failure');
  caller.variables.set('DIALSTATUS', 'INVALIDARGS');
}
