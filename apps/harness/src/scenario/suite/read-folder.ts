import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { WrittenCast } from '../language/cast';
import { ScenarioFileError } from '../language/mistakes';
import { readCast, readScenario } from '../language/read-scenario';
import type { Scenario } from '../language/scenario';
import { UsageError } from '../../usage-error';

const CAST = /^cast\.ya?ml$/;
const SCENARIO = /\.ya?ml$/;

/** A scenario and where it was found, or why it cannot be read. */
export interface FoundScenario {
  /** Unique in the run and stable: its path without the ending. */
  readonly id: string;
  /** Below the folder of scenarios, with forward slashes. */
  readonly file: string;
  readonly scenario?: Scenario;
  readonly error?: ScenarioFileError;
  readonly source: string;
}

/**
 * All scenarios below these files and folders. People are those of the nearest cast.yaml beside the file or above it.
 *
 * @param root what `file` is relative to
 * @throws UsageError for a path that does not exist; ScenarioFileError for a cast that makes no sense
 */
export function readScenarios(paths: readonly string[], root: string): FoundScenario[] {
  const files = [...new Set(paths.flatMap((path) => filesBelow(resolve(path))))].sort();
  const casts = new Map<string, WrittenCast>();
  return files.map((path) => {
    const file = relative(root, path).split('\\').join('/');
    const id = file
      .replace(SCENARIO, '')
      .replace(/^(\.\.\/)+/, '')
      .replace(/[^\p{L}\p{N}/-]+/gu, '-')
      .replaceAll('/', '.');
    const source = readFileSync(path, 'utf8');
    try {
      return {
        id,
        file,
        source,
        scenario: located(readScenario(file, source, castFor(path, root, casts)), path),
      };
    } catch (error) {
      if (!(error instanceof ScenarioFileError) || error.file !== file) throw error;
      return { id, file, source, error };
    }
  });
}

/** A folder that the scenario names is one beside its file. */
function located(scenario: Scenario, path: string): Scenario {
  const { configuration } = scenario.settings;
  if (configuration === undefined) return scenario;
  const folder = resolve(dirname(path), configuration);
  if (existsSync(folder) && statSync(folder).isDirectory())
    return { ...scenario, settings: { ...scenario.settings, configuration: folder } };
  const line = scenario.lineOf(['settings', 'configuration']);
  const text = `there is no folder "${configuration}" beside this file`;
  throw new ScenarioFileError(scenario.file, [{ line, column: 1, text }]);
}

function filesBelow(path: string): string[] {
  if (!existsSync(path)) throw new UsageError(`There is nothing at ${path}.`);
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => SCENARIO.test(name) && !CAST.test(name.replace(/^.*[/\\]/, '')))
    .filter((name) => !name.split(/[/\\]/).includes('node_modules'))
    .map((name) => join(path, name));
}

/** Looked for upwards, to the top of the file system: the nearest one counts. */
function castFor(path: string, root: string, known: Map<string, WrittenCast>): WrittenCast {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const name = existsSync(folder) ? readdirSync(folder).find((entry) => CAST.test(entry)) : undefined;
    if (name !== undefined) return castAt(join(folder, name), root, known);
    if (folder === dirname(folder)) return {};
  }
}

function castAt(path: string, root: string, known: Map<string, WrittenCast>): WrittenCast {
  const cast = known.get(path) ?? readCast(relative(root, path), readFileSync(path, 'utf8'));
  known.set(path, cast);
  return cast;
}
