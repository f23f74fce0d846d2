import { answer, type Channel } from '../core';
import { dequeueDtmf, untilWithErrands } from '../ivr';
import { FrameMixer } from '../media';

/**
 * `eavesdrop uuid`: hears both sides of somebody's call until that ends, the listener goes, or he presses `*`.
 * Whispering is not simulated.
 */
export async function eavesdrop(channel: Channel, data: string): Promise<void> {
  const target = channel.core.locate(data.trim());
  if (!target || !(await answer(channel))) return;
  const mixer = new FrameMixer<'heard' | 'spoken'>();
  const untap = target.endpoint.media.tap({
    heard: (frame) => mixer.put('heard', frame),
    spoken: (frame) => mixer.put('spoken', frame),
  });
  const { callerIdName, callerIdNumber } = target.profile;
  channel.endpoint.display(callerIdName, callerIdNumber);
  const stop = channel.core.ticker.every((isLost) => {
    if (isLost) return;
    channel.endpoint.media.write(mixer.mixWithout(undefined));
    mixer.clear();
  });
  const forget = target.signal.on(() => channel.poke());
  let hasEnough = false;
  while (!hasEnough && target.isUp && channel.isReady) {
    await untilWithErrands(channel, () => !target.isUp || !channel.isReady || channel.pressed.length > 0);
    hasEnough = dequeueDtmf(channel) === '*';
  }
  forget();
  stop();
  untap();
}
