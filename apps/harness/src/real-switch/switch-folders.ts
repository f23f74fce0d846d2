import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** freeswitch(1): an option for each kind of file. Whatever has none would go where the switch was installed. */
const OPTIONS = [
  'conf',
  'log',
  'run',
  'db',
  'recordings',
  'storage',
  'temp',
  'cache',
  'certs',
  'scripts',
  'grammar',
  'htdocs',
  'sounds',
] as const;

/** Private folders of one switch, with a copy of its configuration: nothing of the installed switch is touched. */
export class SwitchFolders {
  readonly root: string;

  /** @param confDir copied, so that a running switch does not change with the working copy */
  constructor(confDir: string) {
    // Symbolic links resolved: paths of recordings are compared.
    this.root = mkdtempSync(join(realpathSync(tmpdir()), 'connector-switch-'));
    for (const name of OPTIONS) mkdirSync(join(this.root, name));
    cpSync(confDir, this.path('conf'), { recursive: true });
  }

  path(name: (typeof OPTIONS)[number]): string {
    return join(this.root, name);
  }

  get logFile(): string {
    return join(this.path('log'), 'freeswitch.log');
  }

  /** The arguments that make a switch use these folders. */
  get args(): string[] {
    return OPTIONS.flatMap((name) => [`-${name}`, this.path(name)]);
  }
}

/** `freeswitch/conf` of this working copy; looked for upwards, from the source as well as from dist/. */
export function shippedConfiguration(): string {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, 'freeswitch', 'conf');
    if (existsSync(join(candidate, 'freeswitch.xml'))) return candidate;
  }
  throw new Error('freeswitch/conf is missing: the harness runs in a working copy.');
}
