import { localTime } from '../../replay-switch/state/own-events';
import { answer, pauseRecordings, resumeRecordings, type Channel } from '../core';
import { dequeueDtmf, playFile, transfer, untilWithErrands } from '../ivr';
import { SLOTS, type Line } from './line';
import type { Lines } from './lines';
import { tell } from './tell';

/** fifo_orbit_exten without a time of its own. */
const ORBIT_SECONDS = 60;

/** `fifo NAME in [announce] [music] [noans|early]`. */
export interface WaitingOptions {
  /** Played to the caller when somebody has come. */
  readonly announce: string | undefined;
  readonly music: string | undefined;
  readonly answers: boolean;
}

/** Where a caller goes whom nobody takes: `EXTENSION:SECONDS`. */
interface Orbit {
  readonly extension: string;
  /** Epoch second. */
  readonly at: number;
}

type End = 'served' | 'timeout' | 'left';

/** A caller waits until somebody takes him, he goes, or it takes too long (fifo_function, "in"). */
export async function waitInLine(
  lines: Lines,
  line: Line,
  channel: Channel,
  { announce, music, answers }: WaitingOptions,
): Promise<void> {
  const orbit = orbitOf(channel);
  pauseRecordings(channel);
  if (answers) await answer(channel);
  enter(lines, line, channel);
  let end = await listen(channel, music, orbit);
  if (end === 'served' && !isSomebodyThere(channel)) channel.core.hangUp(channel, 'NORMAL_CLEARING');
  if (end === 'served' && announce !== undefined) await playFile(channel, announce);
  if (end === 'served' && !channel.isReady) end = 'left';
  if (end === 'served') channel.setState('CS_HIBERNATE');
  lines.leave(channel);
  if (end !== 'served') await leave(lines, line, channel, { end, orbit });
  resumeRecordings(channel);
}

function orbitOf({ variables, core }: Channel): Orbit | undefined {
  const text = variables.get('fifo_orbit_exten');
  if (text === undefined) return undefined;
  const [extension = '', seconds] = text.split(/:(.*)/s);
  const given = seconds === undefined ? ORBIT_SECONDS : Number.parseInt(seconds, 10) || 0;
  return { extension, at: secondsOf(core) + (given < 0 ? ORBIT_SECONDS : given) };
}

function secondsOf({ clock }: Channel['core']): number {
  return Math.floor(clock.now() / 1000);
}

function enter(lines: Lines, line: Line, channel: Channel): void {
  const { variables, core } = channel;
  const priority = variables.get('fifo_priority');
  const slot = Math.min(SLOTS - 1, Math.max(0, Number.parseInt(priority ?? '', 10) || 0));
  tell(channel, line.name, 'push', { 'FIFO-Slot': String(slot) });
  const place = line.push(channel, slot);
  const now = localTime(core.clock.now());
  variables.set('fifo_position', String(place));
  if (priority === undefined) variables.set('fifo_priority', String(slot));
  variables.set('fifo_status', 'WAITING');
  variables.set('fifo_timestamp', now);
  variables.set('fifo_push_timestamp', now);
  variables.delete('fifo_serviced_uuid');
  lines.inLine.add(channel);
  for (const consumer of line.consumers) if (!consumer.has('BRIDGED')) consumer.setFlag('BREAK');
}

/** Music, or silence, again and again. */
async function listen(channel: Channel, music: string | undefined, orbit: Orbit | undefined): Promise<End> {
  const { variables, core } = channel;
  const exitKeys = variables.get('fifo_caller_exit_key') ?? '';
  const pressed = { key: '' };
  const onDigit = (digit: string): boolean => {
    if (exitKeys.includes(digit)) pressed.key = digit;
    return pressed.key !== '';
  };
  while (channel.isReady) {
    if (orbit && secondsOf(core) >= orbit.at) return 'timeout';
    if (variables.get('fifo_serviced_uuid') !== undefined) return 'served';
    const ms = orbit && Math.max(1, orbit.at * 1000 - core.clock.now());
    const end =
      music === undefined
        ? await listenInSilence(channel, onDigit, ms)
        : await playFile(channel, music, { onDigit, ms });
    if (end === 'failed') return 'left';
    if (pressed.key === '') continue;
    variables.set('fifo_caller_exit_key', pressed.key);
    return 'left';
  }
  return 'left';
}

async function listenInSilence(
  channel: Channel,
  onDigit: (digit: string) => boolean,
  ms: number | undefined,
): Promise<'break'> {
  const isOver = (): boolean => !channel.isReady || channel.has('BREAK') || channel.pressed.length > 0;
  await untilWithErrands(channel, isOver, ms);
  channel.clearFlag('BREAK');
  const digit = dequeueDtmf(channel);
  if (digit !== undefined) onDigit(digit);
  return 'break';
}

/** Who has taken him may have hung up again meanwhile. */
function isSomebodyThere({ variables, core }: Channel): boolean {
  const other = core.locate(variables.get('fifo_serviced_uuid') ?? '');
  return !other || other.isReadyOutside;
}

async function leave(
  lines: Lines,
  line: Line,
  channel: Channel,
  { end, orbit }: { readonly end: End; readonly orbit: Orbit | undefined },
): Promise<void> {
  const { variables, core } = channel;
  const isLate = end === 'timeout';
  variables.set('fifo_status', isLate ? 'TIMEOUT' : 'ABORTED');
  variables.set('fifo_timestamp', localTime(core.clock.now()));
  tell(channel, line.name, isLate ? 'timeout' : 'abort');
  line.remove(channel);
  if (orbit && (isLate || variables.isTrue('fifo_caller_exit_to_orbit'))) await goToOrbit(channel, orbit);
  lines.rounds.get(channel)?.callOff('ORIGINATOR_CANCEL');
}

async function goToOrbit(channel: Channel, { extension }: Orbit): Promise<void> {
  const { variables } = channel;
  const announce = variables.get('fifo_orbit_announce');
  if (announce !== undefined) await playFile(channel, announce);
  if (extension === '_continue_') return;
  await transfer(channel, {
    extension,
    dialplan: variables.get('fifo_orbit_dialplan'),
    context: variables.get('fifo_orbit_context'),
  });
}
