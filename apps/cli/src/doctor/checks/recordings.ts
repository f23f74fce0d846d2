import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import type { RecordingRoot } from '@app/config';
import { MappedRecordings } from '@app/sync';
import { green, red, yellow, type Finding } from '../finding';

const CHECK = 'recordings';
/** Below that a busy switch fills the disk within a day or so. */
const FREE_SHARE = 0.05;

const MOUNT =
  'See that the folder is mounted here, readable for the user of the worker, and that "recordings" in SWITCHES names it.';

/** Where the recordings of a switch are, and whether the newest one can be read. */
export async function lookAtRecordings(
  { id, recordings }: { readonly id: string; readonly recordings: readonly RecordingRoot[] },
  newest: string | undefined,
): Promise<Finding[]> {
  if (recordings.length === 0)
    return [
      newest === undefined
        ? green(CHECK, 'No recordings are uploaded: no folder is named, and none was made')
        : yellow(
            CHECK,
            'The switch makes recordings, and none is uploaded: no folder is named.',
            'Name it in SWITCHES of the worker: "recordings":[{"from":"/path/on/the/switch","to":"/path/here"}].',
          ),
    ];
  const roots = await Promise.all(recordings.map(lookAtRoot));
  return [...roots.flat(), ...(newest === undefined ? [] : [await lookAtNewest(id, recordings, newest)])];
}

async function lookAtRoot({ from, to }: RecordingRoot): Promise<Finding[]> {
  try {
    await access(to, constants.R_OK | constants.X_OK);
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    return [red(CHECK, `The folder ${to} cannot be read here (${code}).`, MOUNT)];
  }
  const { bavail, blocks, bsize } = await statfs(to);
  const free = bavail * bsize;
  const gigabytes = (free / 1024 ** 3).toFixed(1);
  if (blocks > 0 && bavail / blocks < FREE_SHARE)
    return [
      yellow(
        CHECK,
        `Only ${gigabytes} GB are free where the recordings are (${to}).`,
        'Make room, or let the switch write elsewhere: calls without recordings follow.',
      ),
    ];
  return [green(CHECK, `${from} of the switch is ${to} here, ${gigabytes} GB free`)];
}

async function lookAtNewest(
  switchId: string,
  recordings: readonly RecordingRoot[],
  path: string,
): Promise<Finding> {
  const found = await new MappedRecordings([{ id: switchId, recordings }]).open(switchId, path);
  if (found.kind === 'file') return green(CHECK, 'The newest recording is there');
  if (found.kind === 'missing')
    return yellow(
      CHECK,
      `The newest recording is not there: ${path}`,
      'It was deleted, or the folder here is not the one of the switch. Compare both.',
    );
  return red(CHECK, `The newest recording cannot be used: ${path}: ${found.detail}`, MOUNT);
}
