import type { TornRecording } from '../recordings/torn-recording';
import type { ReplayClock } from './clock';
import type { Pace } from './play/player';
import type { Rewriting } from './play/rewrite-events';
import type { EslUser } from './socket/logins';
import type { ApiAnswer } from './state/api-desk';

export interface ReplaySwitchOptions {
  /** 0, the default, takes a free port. */
  readonly port?: number;
  /** 127.0.0.1 unless told. */
  readonly host?: string;
  /** For `auth`; FreeSWITCH's own default "ClueCon" unless told. */
  readonly password?: string;
  /** For `userauth`, keyed "user@domain". */
  readonly users?: Readonly<Record<string, EslUser>>;
  /** FreeSWITCH-Switchname of every event; that of the captured switch unless told. */
  readonly switchName?: string;
  /** Phones registered from the start, "extension@domain"; more come with the sofia::register events played. */
  readonly registered?: readonly string[];
  /** 20 000 unless told, as on a real switch; 0 = none. */
  readonly heartbeatMs?: number;
  /** Api commands to answer otherwise, or that only a test can answer (originate, uuid_transfer ...). */
  readonly answers?: Readonly<Record<string, ApiAnswer>>;
  readonly clock?: ReplayClock;
}

/** How to play a capture. */
export interface PlayOptions extends Partial<Pace>, Omit<Rewriting, 'startAt'> {
  /**
   * Epoch ms to which the capture's first event is moved (by whole seconds, rounded down). Unless told, the capture
   * ends at the moment it will have been played: nothing then lies in the future, at any speed.
   */
  readonly startAt?: number | 'as-captured';
  /**
   * Folder for the recordings, as the switch sees it: Record-File-Path points there, and a playable file lies there
   * when RECORD_STOP is sent. Unless told, paths stay as captured and no files are made.
   */
  readonly recordingsDir?: string;
  /** What is left of recordings that never stop (killed switch); unless told, no file. */
  readonly tornRecordings?: TornRecording;
}

/** A command a client has sent. */
export interface ReceivedCommand {
  /** Epoch ms. */
  readonly at: number;
  /** Number of the connection, from 1. */
  readonly connection: number;
  /** First line, e.g. "api show channels as json". */
  readonly line: string;
  /** Further lines, names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}
