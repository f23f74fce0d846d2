import { readFileSync } from 'node:fs';
import { isVariable, type Env, type Group, type SettingsOf, type Variable } from './variable';

/** One variable that cannot be used. `problem` says what to do and never holds the value. */
export interface BadVariable {
  readonly name: string;
  readonly problem: string;
}

/** The environment cannot be used. Its message lists every bad variable, so that one start is enough to mend them all. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(readonly bad: readonly BadVariable[]) {
    super(
      `These settings cannot be used:\n${bad.map(({ name, problem }) => `  ${name}: ${problem}`).join('\n')}`,
    );
  }
}

/** Reads and checks all variables of a group. Throws SettingsError. */
export function readSettings<G extends Group>(group: G, env: Env): SettingsOf<G> {
  const bad: BadVariable[] = [];
  const settings = readGroup(group, env, bad);
  if (bad.length > 0) throw new SettingsError(bad);
  // readGroup builds what SettingsOf describes, key by key; the type system cannot follow it through the recursion.
  return settings as SettingsOf<G>;
}

function readGroup(group: Group, env: Env, bad: BadVariable[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(group).map(([setting, entry]) => [
      setting,
      isVariable(entry) ? readVariable(entry, env, bad) : readGroup(entry, env, bad),
    ]),
  );
}

function readVariable(variable: Variable, env: Env, bad: BadVariable[]): unknown {
  const { name, schema, meaning } = variable;
  const given = textOf(variable, env);
  if ('problem' in given) {
    bad.push({ name: `${name}_FILE`, problem: given.problem });
    return undefined;
  }
  const text = given.text ?? variable.byDefault;
  if (text === undefined) {
    bad.push({ name, problem: `is not set. ${meaning}${exampleOf(variable)}` });
    return undefined;
  }
  const result = schema.safeParse(text);
  if (result.success) return result.data;
  for (const { path, message } of result.error.issues)
    bad.push({ name: nameWithPath(name, path), problem: message });
  return undefined;
}

/** An empty variable counts as unset: that is what `NAME=` in an env file means. */
function textOf({ name, secret }: Variable, env: Env): { text: string | undefined } | { problem: string } {
  const text = env[name] === '' ? undefined : env[name];
  const file = secret ? env[`${name}_FILE`] : undefined;
  if (!file) return { text };
  if (text !== undefined) return { problem: `is set together with ${name}; leave one of them out.` };
  const secretText = readSecret(file);
  return secretText === undefined ? { problem: 'names a file that cannot be read.' } : { text: secretText };
}

/** The text of a secret's file without the line end that editors add; undefined when it cannot be read. */
export function readSecret(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trimEnd();
  } catch {
    return undefined; // why does not matter to the reader of the message: the path or its rights are wrong
  }
}

function exampleOf({ example }: Variable): string {
  return example === undefined ? '' : ` Example: ${example}`;
}

/** `SWITCHES[0].host` */
function nameWithPath(name: string, path: readonly PropertyKey[]): string {
  return name + path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
}
