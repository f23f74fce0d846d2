/** Runs jest and tells how it ended. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { runCommand } from './processes.mjs';

const JEST = join(ROOT, 'node_modules/jest/bin/jest.js');
/** After options that take a list: jest would read the user's paths as more of the list. */
const CONFIG = `--config=${join(ROOT, 'jest.config.cjs')}`;
const REPORTERS = ['--reporters=default', `--reporters=${join(import.meta.dirname, 'outcome-reporter.cjs')}`];
const SEQUENCER = `--testSequencer=${join(import.meta.dirname, 'long-tests-first.cjs')}`;

/** Jest leaves one core free. On two that would be half of the machine, and most tests wait for other processes anyway. */
const WORKERS = Math.max(2, availableParallelism() - 1);

/** Runs the tests of these kinds; gives jest's exit code, and the outcome if a run came to its end. */
export async function runJest({ kinds, args, env }) {
  const directory = mkdtempSync(join(tmpdir(), 'connector-jest-'));
  const file = join(directory, 'outcome.json');
  try {
    const options = [
      ...REPORTERS,
      SEQUENCER,
      `--maxWorkers=${WORKERS}`,
      '--selectProjects',
      ...kinds,
      CONFIG,
    ];
    const code = await runCommand(process.execPath, [JEST, ...options, ...args], {
      env: { ...process.env, ...env, JEST_OUTCOME: file },
    });
    return { code, outcome: existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
