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

/** Which configuration a switch is started with. */
export interface SwitchConfiguration {
  /** Instead of `freeswitch/conf`: a team's own, which keeps the names of our variables. */
  readonly confDir?: string;
  /** A folder whose files are added to it, or take the place of those with the same name. */
  readonly overlay?: string;
}

/** Puts a configuration together in a folder. */
export function copyConfiguration({ confDir, overlay }: SwitchConfiguration, into: string): void {
  for (const folder of [confDir ?? shippedConfiguration(), overlay])
    if (folder !== undefined) cpSync(folder, into, { recursive: true });
}

/** Private folders of one switch, with a copy of its configuration: nothing of the installed switch is touched. */
export class SwitchFolders {
  readonly root: string;

  /** @param configuration copied, so that a running switch does not change with the working copy */
  constructor(configuration: SwitchConfiguration) {
    // Symbolic links resolved: paths of recordings are compared.
    this.root = mkdtempSync(join(realpathSync(tmpdir()), 'connector-switch-'));
    for (const name of OPTIONS) mkdirSync(join(this.root, name));
    copyConfiguration(configuration, this.path('conf'));
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
