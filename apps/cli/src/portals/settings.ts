import { readPortalSettings, StoreError, type PortalSettings } from '@app/store';
import { readArguments, UsageError } from '../command-line';
import { EXIT } from '../exit-codes';
import type { PortalsCommand } from './command';
import { findPortal } from './find-portal';

const usage = `portals settings [PORTAL]
portals settings PORTAL [--set NAME=VALUE ...] [--unset NAME ...]

  What the administrator of a portal has decided (docs/settings.md), as JSON. A NAME is a path, a VALUE is JSON or a word:

    --set cards.everybody=answered --set cards.users.12=never
    --set calls.transfers=call-per-talk --set 'calls.ignore.numbers=["hidden","+7800*"]'

  --unset has it as usual again. Calls that have not ended yet follow the new settings at their next change.`;

const OPTIONS = {
  set: { type: 'string', multiple: true },
  unset: { type: 'string', multiple: true },
} as const;

/** `portals settings`. */
export const settings: PortalsCommand = {
  usage,
  about: 'cards, transfers, missed calls, numbers to ignore: what a portal has decided',
  run: async (args, { terminal, connector }) => {
    const { values, positionals } = readArguments(args, OPTIONS, usage);
    const { set = [], unset = [] } = values;
    const isChange = set.length + unset.length > 0;
    if (positionals.length > 1 || (isChange && positionals.length === 0)) throw new UsageError(usage);
    const { portalId } = await findPortal(connector, positionals[0]);
    const known = await connector.portals.settingsOf(portalId);
    const wanted = isChange ? changed(known, set, unset) : known;
    if (isChange) await connector.portals.saveSettings(portalId, wanted);
    terminal.write(JSON.stringify(wanted, undefined, 2));
    return EXIT.ok;
  },
};

/** The settings after changes. Throws UsageError that names what is wrong. */
function changed(known: PortalSettings, set: readonly string[], unset: readonly string[]): PortalSettings {
  const draft = structuredClone(known) as unknown as Tree;
  for (const text of set) {
    const [path, value] = assignment(text);
    put(draft, path, value);
  }
  for (const name of unset) put(draft, pathOf(name), undefined);
  try {
    return readPortalSettings(draft);
  } catch (error) {
    if (error instanceof StoreError) throw new UsageError(`${error.message}\n\n${usage}`);
    throw error;
  }
}

interface Tree {
  [name: string]: unknown;
}

function assignment(text: string): [readonly string[], unknown] {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageError(`--set takes NAME=VALUE.\n\n${usage}`);
  return [pathOf(text.slice(0, at)), valueOf(text.slice(at + 1))];
}

/** Names that would reach into what every object has are none of a setting. */
function pathOf(name: string): readonly string[] {
  const path = name.split('.');
  if (path.every((word) => /^[a-z0-9][a-zA-Z0-9-]*$/.test(word) && !(word in Object.prototype))) return path;
  throw new UsageError(`"${name}" is no name of a setting.\n\n${usage}`);
}

/** What is no JSON is a word. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function put(tree: Tree, path: readonly string[], value: unknown): void {
  const [name = '', ...rest] = path;
  if (rest.length === 0) {
    if (value === undefined) Reflect.deleteProperty(tree, name);
    else tree[name] = value;
    return;
  }
  const branch = tree[name];
  if (typeof branch !== 'object' || branch === null || Array.isArray(branch)) {
    if (value === undefined) return;
    tree[name] = {};
  }
  put(tree[name] as Tree, rest, value);
}
