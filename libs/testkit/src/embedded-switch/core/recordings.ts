import { WavRecorder } from '../media';
import type { Channel, Completion } from './channel';
import { fire } from './channel-events';

/**
 * Starts to record a leg: `record_session` and `uuid_record ... start`.
 *
 * @returns whether it runs; false = it ran already, or the file cannot be written
 */
export function startRecording(
  channel: Channel,
  path: string,
  atHangup: Completion = 'success-silence',
): boolean {
  if (channel.recordings.has(path) || channel.has('PROXY_MODE')) return false;
  const { variables, core } = channel;
  const waits = variables.isTrue('RECORD_ANSWER_REQ');
  try {
    const recorder = new WavRecorder(path, {
      isStereo: variables.isTrue('RECORD_STEREO'),
      now: () => core.clock.now(),
      mayBegin: () => !waits || channel.has('ANSWERED'),
    });
    if (channel.has('PAUSE_BUGS')) recorder.pause();
    channel.recordings.set(path, { recorder, untap: channel.endpoint.media.tap(recorder), atHangup });
  } catch {
    return false;
  }
  fire(channel, 'RECORD_START', { last: { 'Record-File-Path': path } });
  return true;
}

/** Ends one recording: `stop_record_session` and `uuid_record ... stop`; "all" ends all. */
export function stopRecording(channel: Channel, path: string, completion: Completion): boolean {
  const paths = path.toLowerCase() === 'all' ? [...channel.recordings.keys()] : [path];
  return paths.map((each) => complete(channel, each, completion)).some((isDone) => isDone);
}

/** Nothing is recorded until `resumeRecordings`: the time is not in the file either (switch_core_media_bug_pause). */
export function pauseRecordings(channel: Channel): void {
  channel.setFlag('PAUSE_BUGS');
  channel.recordings.forEach(({ recorder }) => recorder.pause());
}

export function resumeRecordings(channel: Channel): void {
  channel.clearFlag('PAUSE_BUGS');
  channel.recordings.forEach(({ recorder }) => recorder.resume());
}

/** The call has ended, and with it every recording that runs. */
export function stopRecordings(channel: Channel): void {
  for (const [path, { atHangup }] of [...channel.recordings]) complete(channel, path, atHangup);
}

/** The switch was killed: files stay as they are. */
export function abandonRecordings(channel: Channel): void {
  channel.recordings.forEach(({ recorder }) => recorder.abandon());
  channel.recordings.clear();
}

/**
 * Moves running recordings to another leg (recording_follow_transfer); not to one without media ("Cannot transfer media
 * bugs to a channel with no media"): there they go on with the old one.
 */
export function moveRecordings(from: Channel, to: Channel): void {
  if (!to.hasMedia) return;
  for (const [path, { recorder, untap, atHangup }] of from.recordings) {
    untap();
    to.recordings.set(path, { recorder, untap: to.endpoint.media.tap(recorder), atHangup });
  }
  from.recordings.clear();
}

function complete(channel: Channel, path: string, completion: Completion): boolean {
  const recording = channel.recordings.get(path);
  if (!recording) return false;
  channel.recordings.delete(path);
  recording.untap();
  const { bytes, samples } = recording.recorder.stop();
  const seconds = Math.floor(samples / 8000);
  const { variables } = channel;
  const isTooShort = seconds < Number(variables.get('RECORD_MIN_SEC') ?? 0);
  const cause = samples === 0 ? 'empty-file' : isTooShort ? 'input-too-short' : completion;
  variables.set('record_file_size', String(bytes));
  if (isTooShort || samples === 0) {
    recording.recorder.discard();
    variables.set('RECORD_DISCARDED', 'true');
  }
  variables.set('record_samples', String(samples));
  variables.set('record_seconds', String(seconds));
  variables.set('record_ms', String(Math.floor(samples / 8)));
  // the application record, unlike record_session, does not say how it came to its end
  const told = cause === 'untold' ? undefined : cause;
  if (told !== undefined) variables.set('record_completion_cause', told);
  fire(channel, 'RECORD_STOP', {
    last: { 'Record-File-Path': path, ...(told !== undefined && { 'Record-Completion-Cause': told }) },
  });
  return true;
}
