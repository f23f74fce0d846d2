import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a world keeps on disk: logs, and the way to the recordings. */
export class WorldFolder {
  readonly path: string;
  /** The recordings as the worker finds them: a link, so that they can be kept from it. */
  readonly recordings: string;
  #source: string | undefined;

  constructor() {
    this.path = mkdtempSync(join(realpathSync(tmpdir()), 'connector-world-'));
    mkdirSync(join(this.path, 'logs'));
    this.recordings = join(this.path, 'recordings');
  }

  logFile(app: string): string {
    return join(this.path, 'logs', `${app}.log`);
  }

  linkRecordings(source: string): void {
    this.#source = source;
    symlinkSync(source, this.recordings);
  }

  /** As a network share that is not there. */
  unlinkRecordings(): void {
    unlinkSync(this.recordings);
  }

  /** It is there again. */
  relinkRecordings(): void {
    if (this.#source !== undefined) symlinkSync(this.#source, this.recordings);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
