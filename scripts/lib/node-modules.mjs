/** Brings node_modules to what package-lock.json says. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { runCommand } from './processes.mjs';
import { Refusal, say, since } from './say.mjs';

/** Runs `npm ci` unless what is installed is what the lock file says. */
export async function ensureNodeModules() {
  if (isInstalled()) return;
  const startedAt = performance.now();
  say('installing node modules (npm ci; the first time takes a minute)');
  // The includes: NODE_ENV=production or a user's npm settings must not take the tools away.
  const flags = ['--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const code = await runCommand('npm', ['ci', ...flags], { output: 'stderr' });
  if (code !== 0) throw new Refusal(`npm ci failed (exit ${code}); its own words are above.`);
  say(`node modules are installed (${since(startedAt)})`);
}

/**
 * npm writes node_modules/.package-lock.json as the last thing of an installation: it is the stamp. Packages for other
 * platforms are optional and missing there by right.
 */
function isInstalled() {
  const stamp = join(ROOT, 'node_modules/.package-lock.json');
  if (!existsSync(stamp)) return false;
  const installed = packagesOf(stamp);
  return Object.entries(packagesOf(join(ROOT, 'package-lock.json'))).every(
    ([path, wanted]) =>
      path === '' || installed[path]?.version === wanted.version || (wanted.optional && !installed[path]),
  );
}

function packagesOf(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages;
}
