import { fire, parseCause, type Channel } from '../core';
import { dequeueDtmf } from './dtmf';
import { runErrands } from './errands';

/**
 * Waits for commands from outside (switch_ivr_park): `park`, and a channel that the event socket controls. park_timeout
 * is "seconds" or "seconds:cause".
 *
 * @param goOn asked again and again: false ends the waiting; PARK may also be taken away
 */
export async function park(channel: Channel, goOn: () => boolean = () => true): Promise<void> {
  if (channel.has('CONTROLLED') || channel.state === 'CS_RESET') return;
  const { variables } = channel;
  const [seconds, cause = 'NORMAL_CLEARING'] = variables.get('park_timeout')?.split(':') ?? [];
  variables.delete('park_timeout');
  const deadline = seconds === undefined ? undefined : performance.now() + Number(seconds) * 1000;
  channel.setFlag('CONTROLLED');
  channel.setFlag('PARK');
  fire(channel, 'CHANNEL_PARK');
  const mayStay = (): boolean =>
    channel.isReady && channel.has('CONTROLLED') && channel.has('PARK') && goOn();
  while (mayStay()) {
    const left = deadline === undefined ? undefined : deadline - performance.now();
    const hasSomething = (): boolean => channel.hasErrand || channel.pressed.length > 0;
    const isAwake = await channel.until(() => !mayStay() || hasSomething(), left);
    if (!isAwake) channel.core.hangUp(channel, parseCause(cause) ?? 'NORMAL_CLEARING');
    await runErrands(channel);
    dequeueDtmf(channel);
  }
  channel.clearFlag('CONTROLLED');
  channel.clearFlag('PARK');
  fire(channel, 'CHANNEL_UNPARK');
}

/** Sends a channel to CS_PARK (switch_ivr_park_session). */
export function parkChannel(channel: Channel): void {
  channel.setFlag('TRANSFER');
  channel.setState('CS_PARK');
}
