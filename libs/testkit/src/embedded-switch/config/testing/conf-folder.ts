import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const folders: string[] = [];

/** A configuration folder with these files; it is gone after the test (`removeConfFolders`). */
export function confFolder(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'switch-conf-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** A configuration whose context "default" has these extensions. */
export function withExtensions(extensions: string): string {
  return confFolder({
    'freeswitch.xml': [
      '<document type="freeswitch/xml">',
      '<section name="dialplan"><context name="default">',
      extensions,
      '</context></section>',
      '</document>',
    ].join('\n'),
  });
}

export function removeConfFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
}
