import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { SwitchConfigError, type Origin } from './switch-config-error';

/**
 * The files that an include names, in the order in which FreeSWITCH's glob(3) finds them: by name. The path is relative to
 * the including file; wildcards stand for parts of a file's name. A pattern may match nothing, a plain name may not.
 */
export function includedFiles(confDir: string, pattern: string, origin: Origin): string[] {
  if (pattern.startsWith('/')) throw new SwitchConfigError('an absolute include is not supported', origin);
  const path = join(dirname(origin.file), pattern);
  const inside = relative(confDir, join(confDir, path));
  if (inside.startsWith('..'))
    throw new SwitchConfigError(`${pattern} leads out of the configuration`, origin);
  if (!/[*?[]/.test(path)) {
    if (!existsSync(join(confDir, path))) throw new SwitchConfigError(`there is no ${path}`, origin);
    return [path];
  }
  const folder = dirname(path);
  if (/[*?[]/.test(folder) || path.includes('['))
    throw new SwitchConfigError(`only * and ? in the name of a file are supported, not ${pattern}`, origin);
  return filesIn(join(confDir, folder))
    .filter((name) => wildcard(path.slice(folder === '.' ? 0 : folder.length + 1)).test(name))
    .sort()
    .map((name) => join(folder, name));
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name);
}

function wildcard(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`);
}
