import { isOver, legOf, type Call, type Recording } from './call';
import { partiesOf, type Parties } from './parties';
import { talksOf, type Talk } from './talks';

/**
 * `running` the file grows; `ready` it is complete; `torn` its channel ended and nobody closed the file (the switch
 * died); `discarded` the switch threw it away.
 */
export type RecordingState = 'running' | 'ready' | 'torn' | 'discarded';

/** Whether the file of a recording can be expected to be complete. `RECORD_STOP` comes when it is closed. */
export function recordingState(call: Call, recording: Recording): RecordingState {
  if (recording.discarded) return 'discarded';
  if (recording.stopped) return 'ready';
  return isAbandoned(call, recording) ? 'torn' : 'running';
}

/** A loopback leg hands its recording on when it leaves the call: then any leg may close the file. */
function isAbandoned(call: Call, recording: Recording): boolean {
  const leg = legOf(call, recording.channelUuid);
  return leg?.origin.party.kind === 'loopback' ? isOver(call) : leg?.ended !== undefined;
}

/** Paths of the recordings that exist, that is all but those thrown away. */
export function recordingFiles(call: Call): string[] {
  return call.recordings.filter((recording) => !recording.discarded).map((recording) => recording.path);
}

/**
 * The recordings worth attaching, best first: the one that covers most of the client's talk; of equals the client's own
 * (a pickup is recorded on both legs). One that holds none of the talk (a greeting, a consultation) is not offered.
 *
 * @param talks those that count; missing: all
 */
export function recordingsByCoverage(
  call: Call,
  parties: Parties = partiesOf(call),
  talks: readonly Talk[] = talksOf(call, parties),
): Recording[] {
  const isClients = (recording: Recording) => recording.channelUuid === parties.principal?.channelUuid;
  return call.recordings
    .filter((recording) => !recording.discarded)
    .map((recording) => ({ recording, covered: coverage(recording, talks) }))
    .filter(({ covered }) => covered > 0)
    .sort((a, b) => b.covered - a.covered || Number(isClients(b.recording)) - Number(isClients(a.recording)))
    .map(({ recording }) => recording);
}

/** Milliseconds of talk that a recording covers. One without an end covers up to the end of the talk. */
function coverage(recording: Recording, talks: readonly Talk[]): number {
  const from = recording.started?.at ?? (recording.stopped?.at ?? 0) - (recording.lengthMs ?? 0);
  const until = recording.stopped?.at ?? Number.MAX_SAFE_INTEGER;
  return talks.reduce((sum, talk) => {
    const talkEnd = talk.until?.at ?? Math.max(until, talk.from.at);
    return sum + Math.max(0, Math.min(until, talkEnd) - Math.max(from, talk.from.at));
  }, 0);
}
