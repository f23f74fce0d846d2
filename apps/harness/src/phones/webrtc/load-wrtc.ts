import { createRequire } from 'node:module';
import { join } from 'node:path';

/** The part of `@roamhq/wrtc` (WebRTC for Node, a native package) that is used here. */
export interface Wrtc {
  readonly RTCPeerConnection: new (configuration: {
    readonly iceServers: readonly never[];
  }) => PeerConnection;
  readonly nonstandard: {
    readonly RTCAudioSource: new () => AudioSource;
    readonly RTCAudioSink: new (track: MediaTrack) => AudioSink;
  };
}

export interface PeerConnection {
  ontrack: ((event: { readonly track: MediaTrack }) => void) | null;
  onicegatheringstatechange: (() => void) | null;
  readonly iceGatheringState: string;
  readonly localDescription: { readonly sdp: string } | null;
  addTrack(track: MediaTrack): unknown;
  getTransceivers(): { direction: string }[];
  createOffer(): Promise<SessionText>;
  createAnswer(): Promise<SessionText>;
  setLocalDescription(description: SessionText | { readonly type: 'rollback' }): Promise<void>;
  setRemoteDescription(description: SessionText): Promise<void>;
  close(): void;
}

export interface SessionText {
  readonly type: 'offer' | 'answer';
  readonly sdp: string;
}

export interface MediaTrack {
  stop(): void;
}

export interface AudioSource {
  createTrack(): MediaTrack;
  /** Takes 10 ms at a time. */
  onData(data: AudioData): void;
}

export interface AudioSink {
  ondata: ((data: AudioData) => void) | null;
  stop(): void;
}

export interface AudioData {
  readonly samples: Int16Array;
  readonly sampleRate: number;
  readonly bitsPerSample: number;
  readonly channelCount: number;
  readonly numberOfFrames: number;
}

const PACKAGE = '@roamhq/wrtc';
export const WRTC_MISSING = `WebRTC needs the package ${PACKAGE}, which is not installed (26 MB: npm install --no-save ${PACKAGE})`;

/** It may be installed beside the harness, or where the user stands. */
const PLACES = [__filename, join(process.cwd(), 'package.json')];

/** Whether the package is there; does not load it. */
export function hasWrtc(): boolean {
  return PLACES.some((from) => {
    try {
      return createRequire(from).resolve(PACKAGE) !== '';
    } catch {
      return false;
    }
  });
}

let loaded: Wrtc | undefined;

/** @returns undefined when the package is not there: nothing else needs it, and it is large */
export function loadWrtc(): Wrtc | undefined {
  if (loaded) return loaded;
  for (const from of PLACES) loaded ??= tryToLoad(from);
  // Taken down in an orderly way the native part crashes (0.10.0): the process has to end without that.
  if (loaded) process.once('exit', (code) => process.exit(code));
  return loaded;
}

function tryToLoad(from: string): Wrtc | undefined {
  try {
    return createRequire(from)(PACKAGE) as Wrtc;
  } catch {
    return undefined; // not found from there, or not for this machine
  }
}
