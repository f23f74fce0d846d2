import { executeOn, type Channel } from '../core';
import { flushDtmf } from './dtmf';

/** Where a transfer goes. */
export interface TransferTarget {
  readonly extension: string;
  readonly dialplan?: string | undefined;
  readonly context?: string | undefined;
}

const MOST_TRANSFERS = 70;

/**
 * Sends a channel through the dial plan again with another destination (switch_ivr_session_transfer): the dial plan's
 * own `transfer`, uuid_transfer, and REFER. Without a context it stays in its own, unless force_transfer_context is set.
 *
 * @returns false when the channel has been transferred too often; it is then hung up
 */
export async function transfer(channel: Channel, target: TransferTarget): Promise<boolean> {
  const { variables, profile } = channel;
  if (!countDown(channel)) return false;
  flushDtmf(channel);
  channel.clearFlag('ORIGINATING');
  channel.clearHandlers();
  variables.delete('temp_hold_music');
  await executeOn(channel, 'execute_on_blind_transfer');
  const forced = variables.get('force_transfer_dialplan');
  const dialplan =
    target.dialplan || forced || (profile.dialplan === 'inline' ? '' : profile.dialplan) || 'XML';
  const context = target.context || variables.get('force_transfer_context') || profile.context || 'default';
  const extension = target.extension || 'service';
  letPartnerGo(channel);
  channel.queuedPlan = undefined;
  const next = channel.stepProfile({
    dialplan,
    context,
    destinationNumber: extension,
    rdnis: profile.destinationNumber,
  });
  channel.setState('CS_ROUTING');
  next.transferSource = [
    Math.floor(channel.core.clock.now() / 1000),
    `${next.id}:bl_xfer:${extension}/${context}/${dialplan}`,
  ].join(':');
  variables.push('transfer_history', next.transferSource);
  variables.set('transfer_source', next.transferSource);
  return true;
}

/** Against transfers that go in a circle (max_forwards). */
function countDown(channel: Channel): boolean {
  const { variables } = channel;
  const name =
    variables.get('max_session_transfers') === undefined ? 'max_forwards' : 'max_session_transfers';
  const left = Number(variables.get(name) ?? MOST_TRANSFERS + 1) - 1;
  if (left <= 0) {
    channel.core.hangUp(channel, 'EXCHANGE_ROUTING_ERROR');
    return false;
  }
  variables.set(name, String(left));
  return true;
}

/** Whom it was bridged with is no longer its partner; past the switch (bypass media) the other leg ends. */
function letPartnerGo(channel: Channel): void {
  const { variables, core } = channel;
  variables.delete('signal_bond');
  channel.setFlag('TRANSFER');
  const other = core.locate(variables.get('signal_bridge_to') ?? variables.get('bridge_to') ?? '');
  other?.variables.delete('signal_bond');
  if (!other || variables.get('signal_bridge_to') === undefined) return;
  for (const leg of [channel, other]) {
    leg.variables.delete('signal_bridge_to');
    leg.variables.delete('bridge_to');
  }
  variables.set('hangup_after_bridge', 'false');
  core.hangUp(other, 'BLIND_TRANSFER');
}
