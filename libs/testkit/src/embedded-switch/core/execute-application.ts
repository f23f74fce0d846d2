import { randomUUID } from 'node:crypto';
import type { Application } from './application';
import type { Channel } from './channel';
import { fire } from './channel-events';
import { preAnswer } from './milestones';

/** How long an outbound channel may take to get media before an application that needs it gives up. */
const MEDIA_PATIENCE_MS = 2000;

/**
 * Runs an application (switch_core_session_execute_application): gives it media if it needs some, expands its data, and
 * tells of it before and after.
 *
 * @returns false when the dial plan must not go on: no such application, no media, or the channel is gone
 */
export async function executeApplication(
  channel: Channel,
  application: Application<Channel> | undefined,
  data: string,
): Promise<boolean> {
  if (!channel.isUp) return false;
  if (!application) {
    channel.core.hangUp(channel, 'DESTINATION_OUT_OF_ORDER');
    return false;
  }
  if (application.needsMedia && !channel.hasMedia && !(await giveMedia(channel))) return false;
  const expanded = channel.core.expand(channel, data);
  const { variables, appLog, core } = channel;
  const uuid = variables.get('app_uuid') ?? randomUUID();
  const told = { Application: application.name, ...(expanded !== '' && { 'Application-Data': expanded }) };
  variables.delete('app_uuid');
  appLog.push({ application: application.name, data: expanded, stamp: core.nowUs() });
  variables.set('current_application', application.name);
  variables.set('current_application_data', expanded);
  variables.delete('current_application_response');
  fire(channel, 'CHANNEL_EXECUTE', { last: { ...told, 'Application-UUID': uuid } });
  channel.clearFlag('BREAK');
  // what takes no time must not lose any: the dial plan is read on at once (inline="true")
  const running = application.run(channel, expanded);
  if (running) await running;
  const response = variables.get('current_application_response') ?? '_none_';
  fire(channel, 'CHANNEL_EXECUTE_COMPLETE', {
    last: { ...told, 'Application-Response': response, 'Application-UUID': uuid },
  });
  return true;
}

async function giveMedia(channel: Channel): Promise<boolean> {
  if (channel.direction === 'inbound') return preAnswer(channel);
  return channel
    .until(() => channel.hasMedia || !channel.isUp, MEDIA_PATIENCE_MS)
    .then(() => channel.hasMedia);
}
