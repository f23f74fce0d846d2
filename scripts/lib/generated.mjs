/** Files that are made from the code and committed for the reader. `./run check` fails when one is out of date. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DIST, ROOT } from './paths.mjs';

/** Path and maker of each; the makers are functions of the built code. */
const GENERATED = [
  {
    file: 'docs/generated/env.md',
    make: async () => (await door('config')).environmentTable(),
  },
  {
    file: 'docs/outcomes.md',
    make: async () => (await door('calls')).outcomesPage(),
  },
  {
    file: 'docs/generated/scenario.schema.json',
    make: async () => (await scenarioSchemas()).scenarioJsonSchema(),
  },
  { file: 'docs/generated/cast.schema.json', make: async () => (await scenarioSchemas()).castJsonSchema() },
];

/** The files whose committed text is not what the code says now. */
export async function outdated() {
  const made = await Promise.all(GENERATED.map(async ({ file, make }) => ({ file, text: await make() })));
  return made.filter(({ file, text }) => committed(file) !== text);
}

/** Writes them. */
export async function regenerate() {
  const changed = await outdated();
  for (const { file, text } of changed) {
    mkdirSync(dirname(join(ROOT, file)), { recursive: true });
    writeFileSync(join(ROOT, file), text);
  }
  return changed.map(({ file }) => file);
}

async function door(lib) {
  return (await import(join(DIST, `libs/${lib}/src/index.js`))).default;
}

async function scenarioSchemas() {
  return (await import(join(DIST, 'apps/harness/src/scenario/schema/json-schema.js'))).default;
}

function committed(file) {
  try {
    return readFileSync(join(ROOT, file), 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
