import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a run leaves on disk: the logs of the services and the recordings of the switch. */
export class RunDirectory {
  readonly path: string;
  /** As the switch names it; symbolic links resolved, as the worker will insist. */
  readonly recordings: string;

  constructor() {
    this.path = mkdtempSync(join(realpathSync(tmpdir()), 'connector-demo-'));
    this.recordings = join(this.path, 'recordings');
    mkdirSync(this.recordings);
  }

  logFile(app: string): string {
    return join(this.path, `${app}.log`);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
