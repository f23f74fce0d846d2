import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { extname, isAbsolute, join, normalize, sep } from 'node:path';
import type { FileHandle } from 'node:fs/promises';
import type { FoundRecording, RecordingSource } from '../ports';
import { codeOf, RecordingsUnavailable } from './errors';
import { readWavLayout } from './wav-layout';

/** A path that begins with `from` on the switch begins with `to` here. */
export interface RecordingRoot {
  readonly from: string;
  readonly to: string;
}

type Unusable = Exclude<FoundRecording, { kind: 'file' }>;

/**
 * Recordings on a disk of this machine. A path comes from the event socket, and so from whoever can set a channel
 * variable: it is only ever opened below the configured roots, symbolic links resolved.
 */
export class MappedRecordings implements RecordingSource {
  readonly #roots: ReadonlyMap<string, readonly RecordingRoot[]>;

  /** @param switches the roots of each switch, by its id */
  constructor(switches: readonly { readonly id: string; readonly recordings: readonly RecordingRoot[] }[]) {
    this.#roots = new Map(switches.map(({ id, recordings }) => [id, recordings]));
  }

  /** See RecordingSource. Throws RecordingsUnavailable. */
  async open(switchId: string, path: string): Promise<FoundRecording> {
    const place = placeOf(path, this.#roots.get(switchId) ?? []);
    if (!place) return { kind: 'unreadable', detail: 'the path is below none of the recording roots' };
    const root = await realRoot(place.root);
    try {
      const localPath = await realpath(join(root, place.below));
      if (!localPath.startsWith(withSeparator(root))) {
        return { kind: 'unreadable', detail: 'the path leads out of the recording root' };
      }
      return await inspect(localPath);
    } catch (error) {
      return unusable(error);
    }
  }
}

/** The longest root that the path is below, and what follows it. */
function placeOf(path: string, roots: readonly RecordingRoot[]): { root: string; below: string } | undefined {
  if (path.includes('\0') || !isAbsolute(path) || path.split('/').includes('..')) return undefined;
  const clean = normalize(path);
  const [best] = roots
    .filter(({ from }) => clean.startsWith(withSeparator(normalize(from))))
    .sort((a, b) => b.from.length - a.from.length);
  return best && { root: best.to, below: clean.slice(normalize(best.from).length) };
}

async function realRoot(root: string): Promise<string> {
  try {
    return await realpath(root);
  } catch (cause) {
    throw new RecordingsUnavailable(root, { cause });
  }
}

/** No link that was put there since the path was resolved, and no waiting for somebody to write into a pipe. */
const READ_PLAIN_FILE = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

async function inspect(localPath: string): Promise<FoundRecording> {
  const file = await open(localPath, READ_PLAIN_FILE);
  try {
    const stat = await file.stat();
    if (!stat.isFile()) return { kind: 'unreadable', detail: 'this is no file' };
    if (stat.size === 0) return { kind: 'empty', detail: 'the file has 0 bytes' };
    const { size: bytes } = stat;
    if (extname(localPath).toLowerCase() !== '.wav') return { kind: 'file', localPath, bytes, torn: false };
    return await inspectWav(file, localPath, bytes);
  } finally {
    await file.close();
  }
}

/** After a crash of the switch the header claims a length that the file does not have, mostly none. */
async function inspectWav(file: FileHandle, localPath: string, bytes: number): Promise<FoundRecording> {
  const layout = await readWavLayout(file);
  if (!layout) return { kind: 'unreadable', detail: 'this is no WAV file' };
  const sound = bytes - layout.header.length;
  if (sound < layout.frame) return { kind: 'empty', detail: `a header and no sound (${bytes} bytes)` };
  const fits = layout.claimedSound > 0 && layout.claimedSound <= sound && layout.claimedFile === bytes;
  return { kind: 'file', localPath, bytes, torn: !fits };
}

function unusable(error: unknown): Unusable {
  const code = codeOf(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing', detail: 'there is no such file' };
  return { kind: 'unreadable', detail: `the file cannot be opened (${code})` };
}

function withSeparator(path: string): string {
  return path.endsWith(sep) ? path : `${path}${sep}`;
}
