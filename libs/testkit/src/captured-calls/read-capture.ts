import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { CaptureError } from './capture-error';
import type { Capture, CapturedLine } from './captured-event';
import { BadLine, parseCapturedLine } from './parse-captured-line';

const EVENTS_FILE = 'events.jsonl.gz';
const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);
const unzip = promisify(gunzip);

/**
 * Reads a captured event stream: gzipped JSON lines, one event each, in the order received.
 *
 * @param path the `events.jsonl.gz` itself, or the folder that holds it (the folder's name becomes the capture's).
 * @throws {CaptureError} when it is missing, empty, no whole gzip stream, or a line of it is no event.
 */
export async function readCapture(path: string): Promise<Capture> {
  const file = await eventsFile(path);
  const timeline = parseLines(file, await unpack(file, await load(file)));
  const events = timeline.filter((line) => line.kind === 'event');
  if (events.length === 0) throw new CaptureError('empty', file, 'there is no event in it');
  return { name: captureName(file), file, events, timeline };
}

async function eventsFile(path: string): Promise<string> {
  try {
    return (await stat(path)).isDirectory() ? join(path, EVENTS_FILE) : path;
  } catch (cause) {
    throw readError(path, cause as NodeJS.ErrnoException);
  }
}

async function load(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw readError(file, cause as NodeJS.ErrnoException);
  }
}

function readError(file: string, cause: NodeJS.ErrnoException): CaptureError {
  const { code = cause.message } = cause;
  return code === 'ENOENT' || code === 'ENOTDIR'
    ? new CaptureError('not-found', file, 'no such file', undefined, { cause })
    : new CaptureError('unreadable', file, `cannot be read (${code})`, undefined, { cause });
}

async function unpack(file: string, bytes: Buffer): Promise<string> {
  if (bytes.length === 0) throw new CaptureError('empty', file, 'the file is empty');
  if (!bytes.subarray(0, 2).equals(GZIP_MAGIC)) {
    throw new CaptureError('not-gzip', file, 'not a gzip file');
  }
  try {
    return (await unzip(bytes)).toString('utf8');
  } catch (cause) {
    const { message } = cause as Error;
    throw new CaptureError('damaged-gzip', file, `truncated or damaged gzip (${message})`, undefined, {
      cause,
    });
  }
}

function parseLines(file: string, text: string): CapturedLine[] {
  const parsed: CapturedLine[] = [];
  text.split('\n').forEach((line, index) => {
    if (line.trim() !== '') parsed.push(parseNumbered(file, line, index + 1));
  });
  return parsed;
}

function parseNumbered(file: string, line: string, number: number): CapturedLine {
  try {
    return parseCapturedLine(line);
  } catch (cause) {
    if (!(cause instanceof BadLine)) throw cause;
    throw new CaptureError(cause.problem, file, cause.message, number, { cause });
  }
}

function captureName(file: string): string {
  const base = basename(file);
  return base === EVENTS_FILE ? basename(dirname(resolve(file))) : base.replace(/(\.jsonl)?(\.gz)?$/, '');
}
