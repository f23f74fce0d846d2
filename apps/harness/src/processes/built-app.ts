import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Path of a file of the built apps, e.g. `gateway/src/main.js`. Looked for upwards, because this code runs both from
 * its source (tests) and from dist/.
 */
export function builtApp(file: string): string {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, 'dist', 'apps', file);
    if (existsSync(candidate)) return candidate;
  }
  throw new Error(`dist/apps/${file} is missing: ./run builds it before it starts anything.`);
}
