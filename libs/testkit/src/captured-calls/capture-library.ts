import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CaptureError } from './capture-error';
import type { Capture } from './captured-event';
import type { GroundTruth } from './ground-truth';
import { readCapture } from './read-capture';

/** One answer of `show channels as json` on the captured switch. */
export interface ChannelSnapshot {
  readonly label: string;
  readonly at_epoch_ms: number;
  readonly reply: { readonly row_count: number; readonly rows?: readonly Readonly<Record<string, string>>[] };
}

/** What one ESL client sent and got, byte for byte; the first `sent` of each is null (the greeting). */
export interface ProtocolSample {
  readonly name: string;
  readonly exchange: readonly {
    readonly sent: string | null;
    readonly received: string;
    readonly closed?: boolean;
  }[];
}

/** Names of the captured calls that come with the testkit, in the order they were made. */
export function listCaptures(): string[] {
  return scenarios().map(({ name }) => name);
}

/**
 * What really happened in a captured scenario.
 *
 * @throws {CaptureError} when there is no capture of that name.
 */
export function groundTruth(name: string): GroundTruth {
  const found = scenarios().find((scenario) => scenario.name === name);
  if (!found) throw new CaptureError('not-found', capturesFolder(), `no capture is called "${name}"`);
  return found;
}

/**
 * Folder of one captured scenario, for `readCapture` and for commands that take a path.
 *
 * @throws {CaptureError} when there is no capture of that name.
 */
export function captureFolder(name: string): string {
  return join(capturesFolder(), groundTruth(name).name);
}

/**
 * Reads one of the captures that come with the testkit.
 *
 * @throws {CaptureError} as `readCapture`.
 */
export function openCapture(name: string): Promise<Capture> {
  return readCapture(captureFolder(name));
}

/** Answers of `show channels as json` taken during a scenario; none for most of them. */
export function channelSnapshots(name: string): readonly ChannelSnapshot[] {
  const file = join(captureFolder(name), 'channels.json');
  return existsSync(file) ? (readJson(file) as ChannelSnapshot[]) : [];
}

/** Conversations with the event socket of a real switch: logins, api, bgapi, subscriptions, odd input. */
export function protocolSamples(): readonly ProtocolSample[] {
  return readJson(join(capturesFolder(), 'esl-protocol-samples', 'exchanges.json')) as ProtocolSample[];
}

function scenarios(): readonly GroundTruth[] {
  return (readJson(join(capturesFolder(), 'manifest.json')) as { scenarios: GroundTruth[] }).scenarios;
}

/** Looked for upwards, because compiled code lies deeper (dist/libs/...) than its source. */
function capturesFolder(): string {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, 'libs', 'testkit', 'captures');
    if (existsSync(join(candidate, 'manifest.json'))) return candidate;
  }
  throw new CaptureError(
    'not-found',
    'libs/testkit/captures',
    'the captures of the testkit are not installed',
  );
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
