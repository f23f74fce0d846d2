import { join, resolve } from 'node:path';

/** The working copy this launcher belongs to; it works from any current directory. */
export const ROOT = resolve(import.meta.dirname, '../..');

/** Compiled JavaScript. */
export const DIST = join(ROOT, 'dist');

/** What may be kept between runs and lost at any time (unpacked redis). */
export const CACHE = join(ROOT, '.cache');

/** Notes about running servers, for `./run down` and for the next run. */
export const STATE = join(ROOT, '.run');
