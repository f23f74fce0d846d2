import { headerText, type EventRecord } from '../../captured-calls/captured-event';
import { tornRecording, type TornRecording } from '../../recordings/torn-recording';
import { writeRecording } from '../../recordings/write-recording';

const WAV_HEADER_BYTES = 44;
const BYTES_PER_SAMPLE = 2;

/** Makes the files of the recordings a play tells of, at the moment the real switch has them complete. */
export class RecordingKeeper {
  /** Started and not stopped. Keyed by path: a recording may stop on another leg than it began on (loopback). */
  readonly #running = new Set<string>();

  /** @param torn what is left of a recording that never stops; undefined = no file */
  constructor(private readonly torn: TornRecording | undefined) {}

  /** To be called before the event is sent. */
  apply(event: EventRecord): void {
    const name = headerText(event, 'Event-Name');
    const path = headerText(event, 'Record-File-Path');
    if (name === 'RECORD_START') this.#running.add(path);
    if (name !== 'RECORD_STOP') return;
    this.#running.delete(path);
    // too short for RECORD_MIN_SEC: the switch has deleted it, though the event names it
    if (headerText(event, 'variable_RECORD_DISCARDED') !== 'true') writeRecording(path, soundOf(event));
  }

  /** The switch was killed, or the play is over. */
  abandon(): void {
    for (const path of this.#running) if (this.torn) tornRecording(path, this.torn);
    this.#running.clear();
  }
}

/** As long as the event says, and mono if its file size is that of a mono file. All captured ones are stereo, 8 kHz. */
function soundOf(event: EventRecord): { seconds: number; channels: 1 | 2 } {
  const milliseconds = headerText(event, 'variable_record_ms');
  const samples = Number(headerText(event, 'variable_record_samples'));
  const size = Number(headerText(event, 'variable_record_file_size'));
  return {
    seconds:
      milliseconds === ''
        ? Number(headerText(event, 'variable_record_seconds'))
        : Number(milliseconds) / 1000,
    channels: size === WAV_HEADER_BYTES + samples * BYTES_PER_SAMPLE && samples > 0 ? 1 : 2,
  };
}
