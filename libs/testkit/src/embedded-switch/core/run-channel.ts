import { runHangupHook } from './api-hook';
import { sortCallerId } from './caller-id';
import { q850 } from './causes';
import type { Channel } from './channel';
import { fire } from './channel-events';
import type { ChannelState } from './channel-states';
import { stateNumber } from './channel-states';
import { setCallState } from './milestones';
import { stopRecordings } from './recordings';
import type { StateHandler } from './state-handler';
import { setTimestamps } from './timestamps';

/**
 * The life of a channel (switch_core_session_run): it follows its state from CS_INIT to CS_DESTROY, does what each state
 * asks for, and sleeps in between. Never rejects: what goes wrong inside ends the channel.
 */
export async function runChannel(channel: Channel): Promise<void> {
  while (channel.runningState !== 'CS_DESTROY') {
    if (channel.has('BLOCK_STATE')) await channel.until(() => !channel.has('BLOCK_STATE'));
    if (channel.state !== channel.runningState || !channel.isUp) {
      await enter(channel, channel.state);
    } else {
      await sleepOrRunErrand(channel);
    }
  }
}

/** In a state in which nothing is to be done: until the state changes, or somebody has an errand. */
async function sleepOrRunErrand(channel: Channel): Promise<void> {
  const isAwake = (): boolean => channel.state !== channel.runningState || channel.hasErrand;
  await channel.until(isAwake);
  if (channel.state === channel.runningState) await runErrand(channel);
}

async function runErrand(channel: Channel): Promise<void> {
  try {
    await channel.runErrand();
  } catch (error) {
    channel.core.failed(error);
  }
}

async function enter(channel: Channel, state: ChannelState): Promise<void> {
  setRunningState(channel, state);
  channel.clearFlag('TRANSFER');
  channel.clearFlag('REDIRECT');
  switch (state) {
    case 'CS_NEW':
    case 'CS_NONE':
      return;
    case 'CS_HANGUP':
      await close(channel);
      channel.setState('CS_REPORTING');
      return;
    case 'CS_REPORTING':
      await report(channel);
      channel.setState('CS_DESTROY');
      await channel.until(() => !channel.isHeld);
      destroy(channel);
      return;
    default:
      await liveOrFail(channel, state);
  }
}

/** A mistake in the switch itself ends this call, and no other. */
async function liveOrFail(channel: Channel, state: ChannelState): Promise<void> {
  try {
    await live(channel, state);
  } catch (error) {
    channel.core.failed(error);
    channel.core.hangUp(channel, 'DESTINATION_OUT_OF_ORDER');
  }
}

/** The state changes for real (switch_channel_perform_set_running_state). */
export function setRunningState(channel: Channel, state: ChannelState): void {
  channel.applyStateFlags();
  channel.clearFlag('TAGGED');
  channel.runningState = state;
  if (channel.direction === 'inbound' && stateNumber(state) < stateNumber('CS_HANGUP')) {
    if (state === 'CS_ROUTING') setCallState(channel, 'RINGING');
    else if (channel.has('ANSWERED')) setCallState(channel, 'ACTIVE');
    else if (channel.has('EARLY_MEDIA')) setCallState(channel, 'EARLY');
  }
  fire(channel, 'CHANNEL_STATE');
  channel.poke();
}

type HandlerName = keyof StateHandler<Channel>;

const HANDLER_OF: Partial<Record<ChannelState, HandlerName>> = {
  CS_ROUTING: 'onRouting',
  CS_SOFT_EXECUTE: 'onSoftExecute',
  CS_EXECUTE: 'onExecute',
  CS_EXCHANGE_MEDIA: 'onExchangeMedia',
  CS_CONSUME_MEDIA: 'onConsumeMedia',
  CS_HIBERNATE: 'onHibernate',
  CS_RESET: 'onReset',
  CS_HANGUP: 'onHangup',
};

async function live(channel: Channel, state: ChannelState): Promise<void> {
  if (channel.callState === 'UNHELD') setCallState(channel, 'ACTIVE');
  if (state === 'CS_INIT') {
    await init(channel);
    return;
  }
  if (state === 'CS_EXECUTE') await channel.endpoint.executing?.();
  if (!(await ask(channel, HANDLER_OF[state])) || channel.state !== state) return;
  if (state === 'CS_ROUTING') route(channel);
  else if (state === 'CS_EXECUTE') await executePlan(channel);
  else if (state === 'CS_RESET') channel.variables.set('call_uuid', channel.uuid);
  else if (state === 'CS_PARK') await channel.core.park(channel);
}

/** Asks those who have taken over a state; true = the usual thing is to be done. */
async function ask(channel: Channel, name: HandlerName | undefined): Promise<boolean> {
  let proceed = true;
  if (name === undefined) return proceed;
  for (const handler of [...channel.handlers]) {
    const answer = await handler[name]?.(channel);
    if (answer === false) proceed = false;
  }
  return proceed;
}

async function init(channel: Channel): Promise<void> {
  await channel.endpoint.init();
  fire(channel, 'CHANNEL_CREATE');
  if (channel.direction === 'outbound') fire(channel, 'CHANNEL_ORIGINATE');
}

/** Looks for something to do in the dial plan (switch_core_standard_on_routing). */
function route(channel: Channel): void {
  channel.variables.set('call_uuid', channel.uuid);
  if (channel.queuedPlan) {
    channel.plan = [...channel.queuedPlan];
    channel.queuedPlan = undefined;
    sortCallerId(channel);
    channel.setState('CS_EXECUTE');
    return;
  }
  if (channel.profile.dialplan === '') {
    if (channel.has('ANSWERED')) channel.core.hangUp(channel, 'NO_ROUTE_DESTINATION');
    else channel.setState('CS_CONSUME_MEDIA');
    return;
  }
  const plan = channel.core.hunt(channel);
  if (plan) {
    channel.plan = [...plan];
    sortCallerId(channel);
    channel.setState('CS_EXECUTE');
  } else {
    channel.core.hangUp(channel, 'NO_ROUTE_DESTINATION');
  }
}

/** Runs one application after the other (switch_core_standard_on_execute). */
async function executePlan(channel: Channel): Promise<void> {
  channel.variables.set('call_uuid', channel.uuid);
  if (!channel.plan) {
    channel.core.hangUp(channel, 'NORMAL_CLEARING');
    return;
  }
  for (;;) {
    channel.clearFlag('RESET');
    const next = channel.state === 'CS_EXECUTE' ? channel.plan.shift() : undefined;
    if (!next) break;
    if (!(await channel.core.execute(channel, next.application, next.data))) return;
  }
  // whoever gave the channel another state, or transferred it, knows how it goes on
  if (channel.isReady && channel.state === 'CS_EXECUTE') channel.core.hangUp(channel, 'NORMAL_CLEARING');
}

/** CS_HANGUP (switch_core_session_hangup_state). */
async function close(channel: Channel): Promise<void> {
  const cause = channel.hangupCause ?? 'NORMAL_CLEARING';
  channel.profile.times.hungup ||= channel.core.nowUs();
  stopRecordings(channel);
  channel.variables.set('hangup_cause', cause);
  channel.variables.set('hangup_cause_q850', String(q850(cause)));
  setTimestamps(channel);
  setCallState(channel, 'HANGUP');
  channel.endpoint.hangUp(cause);
  await ask(channel, 'onHangup');
  for (const [name, value] of channel.endpoint.closingVariables()) channel.variables.set(name, value);
  runHangupHook(channel);
}

/** CS_REPORTING (switch_core_session_reporting_state). */
async function report(channel: Channel): Promise<void> {
  await channel.core.report(channel);
  fire(channel, 'CHANNEL_HANGUP_COMPLETE', {
    first: { 'Hangup-Cause': channel.hangupCause ?? 'NORMAL_CLEARING' },
    doubled: ['Hangup-Cause'],
  });
}

function destroy(channel: Channel): void {
  fire(channel, 'CHANNEL_DESTROY');
  setRunningState(channel, 'CS_DESTROY');
  channel.core.forget(channel);
}
