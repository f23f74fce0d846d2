import type { Cause } from './causes';
import type { Channel } from './channel';
import { fire } from './channel-events';
import { markHold } from './hold';

/**
 * Ends a channel (switch_channel_perform_hangup): the first cause counts. What is left to do its own thread does, in
 * the states HANGUP, REPORTING and DESTROY.
 */
export function hangUp(channel: Channel, cause: Cause): void {
  if (channel.has('LEG_HOLDING')) {
    markHold(channel, false);
    channel.setFlag('HANGUP_HELD');
  }
  if (!channel.isUp) return;
  channel.clearFlag('BLOCK_STATE');
  channel.state = 'CS_HANGUP';
  channel.hangupCause = cause;
  tellPartner(channel, cause);
  if (channel.has('BRIDGE_ORIGINATOR')) channel.variables.set('last_bridge_role', 'originator');
  else if (channel.has('BRIDGED')) channel.variables.set('last_bridge_role', 'originatee');
  fire(channel, 'CHANNEL_HANGUP');
  if (!channel.hasStarted) channel.core.launch(channel);
  channel.poke();
}

function tellPartner(channel: Channel, cause: Cause): void {
  const partner = channel.partner;
  if (!partner) return;
  partner.variables.set('last_bridge_hangup_cause', cause);
  const specific = channel.variables.get('proto_specific_hangup_cause');
  if (specific !== undefined) {
    partner.variables.set('last_bridge_proto_specific_hangup_cause', specific);
  }
}
