import type { PhoneCall } from '../call/phone-call';

const BARS = ' ▁▂▃▄▅▆▇█';
/** From the softest that is no silence to the loudest, dBov. */
const SOFTEST_DB = -55;

/** One word for how loud it is: eight steps from silence to the loudest. */
export function levelBar(levelDb: number): string {
  const part = (levelDb - SOFTEST_DB) / -SOFTEST_DB;
  const step = Math.max(0, Math.min(BARS.length - 1, Math.ceil(part * (BARS.length - 1))));
  return BARS[Number.isFinite(levelDb) ? step : 0] ?? ' ';
}

/** What is heard in a call at this moment: "▅ -15 dB 900 Hz". */
export function heardNow({ audio, tonesNow }: Pick<PhoneCall, 'audio' | 'tonesNow'>): string {
  if (audio.state === 'no-audio') return 'no sound';
  const tones = tonesNow.length === 0 ? audio.state : `${[...tonesNow].sort((a, b) => a - b).join('+')} Hz`;
  return `${levelBar(audio.levelDb)} ${Math.round(audio.levelDb)} dB ${tones}`;
}

/** The prompt: which call is shown, how far it is and what is heard. */
export function promptFor(number: string, call: PhoneCall | undefined, isRegistered: boolean): string {
  if (!call) return `${number}${isRegistered ? '' : ' (not registered)'}> `;
  const held = call.state.isHeldByUs ? ', held' : '';
  return `${call.ref} ${call.state.status}${held} | ${heardNow(call)}> `;
}
