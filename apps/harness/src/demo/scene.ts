import { groundTruth, type ExpectedCall } from '@app/testkit';

/** A captured call as part of the day: when it happens, who of the company is in it, and which clients. */
export interface Scene {
  readonly capture: string;
  /** Seconds after the start of the day, at speed 1. */
  readonly at: number;
  /** The extensions that stand in for 1001, 1002 and 1003 of the capture. */
  readonly cast: readonly string[];
  /** One for each call of the capture. */
  readonly clients: readonly Client[];
}

export interface Client {
  /** As a trunk delivers it: digits, country code first. */
  readonly number: string;
  /** What the trunk gives as the caller's name; most give the number once more. */
  readonly name?: string;
}

const CAPTURED_CAST = ['1001', '1002', '1003'] as const;
/** What every captured client calls himself, but for those who choose a hostile name. */
const CAPTURED_NAME = 'Иван Петров';
/** The phone that is never registered in the captures belongs to the one who has gone home. */
const UNREGISTERED = { '1009': '1018' } as const;

/** Captured extensions, numbers and names, and what they are in this scene. */
export function renameFor(scene: Scene): Record<string, string> {
  const cast = scene.cast.map((extension, part) => [CAPTURED_CAST[part] ?? extension, extension]);
  const numbers = capturedClients(groundTruth(scene.capture).expected);
  const clients = numbers.map((number, call) => [number, scene.clients[call]?.number ?? number]);
  const [first] = scene.clients;
  return {
    ...UNREGISTERED,
    ...(Object.fromEntries([...cast, ...clients]) as Record<string, string>),
    ...(first && { [CAPTURED_NAME]: first.name ?? first.number }),
  };
}

/** The ground truth of the scene's calls, one by one, with the scene's own extensions and numbers. */
export function callsOf(scene: Scene): ExpectedCall[] {
  const { calls, ...shared } = renamed(groundTruth(scene.capture).expected, renameFor(scene)) as ExpectedCall;
  if (!calls) return [shared];
  const { recordingFiles = [] } = shared;
  // A capture of several calls lists their recordings together. Which is whose is not told; how many each has, is.
  const each = Math.floor(recordingFiles.length / calls.length);
  return calls.map((call, index) => ({
    ...shared,
    recordingFiles: recordingFiles.slice(index * each, (index + 1) * each),
    ...call,
  }));
}

function capturedClients(expected: ExpectedCall): string[] {
  const calls = expected.calls ?? [expected];
  return calls.map((call) => call.externalNumber).filter((number) => typeof number === 'string');
}

/** Changes texts that are a name as a whole: numbers and extensions never stand inside other texts there. */
function renamed(value: unknown, names: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string') return Object.hasOwn(names, value) ? names[value] : value;
  if (Array.isArray(value)) return value.map((entry) => renamed(entry, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, renamed(entry, names)]));
}
