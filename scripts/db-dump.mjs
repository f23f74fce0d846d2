/**
 * Writes libs/store/schema.sql; with --check compares, and exits 1 when the file is out of date. Works on a database of its
 * own on the server of DATABASE_URL: `./run infra -- node scripts/db-dump.mjs` starts one.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { DIST, ROOT } from './lib/paths.mjs';
import { withTemplate } from './lib/test-databases.mjs';

const FILE = 'libs/store/schema.sql';

async function main() {
  const server = process.env.DATABASE_URL;
  if (!server) throw new Error('DATABASE_URL is not set.');
  await ensureBuilt();
  const { default: store } = await import(join(DIST, 'libs/store/src/index.js'));
  const { result: schema } = await withTemplate(server, (migrated) => store.dumpSchema(migrated));
  if (!process.argv.includes('--check')) return writeFileSync(join(ROOT, FILE), schema);
  if (readFileSync(join(ROOT, FILE), 'utf8') === schema) return;
  console.error(`${FILE} is out of date: ./run infra -- node scripts/db-dump.mjs`);
  process.exitCode = 1;
}

await main();
