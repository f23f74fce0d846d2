import { describeIssues } from '../answer';
import { BATCH_LIMIT, contract } from '../contract';
import type { ParamsOf } from '../contract';
import { PortalError } from '../errors';
import { riskiestOf } from '../method-safety';
import { notSent } from '../outgoing';
import { batchable } from './batch-types';
import type { BatchableMethod, BatchCommands } from './batch-types';
import { phpQuery } from './php-query';
import { ResultReference } from './result-reference';

/** One command, ready to be sent and to have its outcome read. */
export interface PlannedCommand {
  readonly key: string;
  readonly method: BatchableMethod;
  /** As they are sent: references written out. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Keys of the commands whose results it uses. */
  readonly needs: readonly string[];
}

export interface PlannedBatch {
  readonly commands: readonly PlannedCommand[];
  readonly params: ParamsOf<'batch'>;
  /** The command whose second execution does most harm decides what a lost answer means. */
  readonly riskiest: BatchableMethod;
  /** For the ledger. */
  readonly shown: Readonly<Record<string, Pick<PlannedCommand, 'method' | 'params'>>>;
}

/** One of `BatchCommands`, whichever. */
interface GivenCommand {
  readonly method: BatchableMethod;
  readonly params: object;
}

/** A key that neither PHP nor JavaScript takes for a number. */
const KEY = /^[a-z_]\w*$/i;

/** @throws PortalError `invalid-params` if a command breaks the contract or the rules of a batch */
export function planBatch<Methods extends Readonly<Record<string, BatchableMethod>>>(
  given: BatchCommands<Methods>,
  halt: boolean,
): PlannedBatch {
  const commands = Object.entries<GivenCommand>(given).map(([key, command]) => planCommand(key, command));
  const [first, ...others] = commands;
  if (!first || commands.length > BATCH_LIMIT)
    throw broken(`a batch has 1 to ${BATCH_LIMIT} commands, not ${commands.length}`);
  commands.forEach(({ key, needs }, index) => {
    const earlier = commands.slice(0, index).map((command) => command.key);
    const missing = needs.find((needed) => !earlier.includes(needed));
    if (missing !== undefined) throw broken(`${key}: there is no command ${missing} before it`);
  });
  return {
    commands,
    params: { cmd: byKey(commands, written), halt },
    riskiest: riskiestOf([first.method, ...others.map(({ method }) => method)]),
    shown: byKey(commands, ({ method, params }) => ({ method, params })),
  };
}

/** Why a command cannot be part of a batch, though it may do as a request of its own; undefined: it can. */
export function batchRefusal(command: GivenCommand): PortalError | undefined {
  try {
    planCommand('command', command);
    return undefined;
  } catch (error) {
    if (error instanceof PortalError) return error;
    throw error;
  }
}

function planCommand(key: string, { method, params }: GivenCommand): PlannedCommand {
  if (!KEY.test(key)) throw broken(`${key}: a key is a word`);
  if (!batchable(method)) throw broken(`${key}: ${String(method)} is no command of a batch`);
  const given = Object.entries(params) as [string, unknown][];
  const references = given.filter(
    (entry): entry is [string, ResultReference] => entry[1] instanceof ResultReference,
  );
  const referring = new Set(references.map(([name]) => name));
  assertPlain(key, Object.fromEntries(given.filter(([name]) => !referring.has(name))));
  const sent = Object.fromEntries(
    given.map(([name, value]) => [name, value instanceof ResultReference ? value.toString() : value]),
  );
  assertValid(key, method, sent, referring);
  return { key, method, params: sent, needs: references.map(([, reference]) => reference.key) };
}

/** `method?query`, as `cmd` wants it. */
function written({ method, params }: PlannedCommand): string {
  const query = phpQuery(params);
  return query === '' ? method : `${method}?${query}`;
}

/** A text of somebody else's must not read the results of other commands; and a file is no query. */
function assertPlain(key: string, params: Readonly<Record<string, unknown>>): void {
  if (JSON.stringify(params).includes('$result[')) throw broken(`${key}: a value looks like a reference`);
  if ('FILE_CONTENT' in params) throw broken(`${key}: a file is not sent in a batch`);
}

/** What a reference stands for is not known yet, so nothing is said of its parameter. */
function assertValid(
  key: string,
  method: BatchableMethod,
  params: object,
  referring: ReadonlySet<string>,
): void {
  const issues = contract[method].params.safeParse(params).error?.issues ?? [];
  const real = issues.filter(({ path }) => !referring.has(String(path[0])));
  if (real.length > 0) throw broken(`${key}: ${describeIssues(real)}`);
}

function byKey<T>(
  commands: readonly PlannedCommand[],
  value: (command: PlannedCommand) => T,
): Readonly<Record<string, T>> {
  return Object.fromEntries(commands.map((command) => [command.key, value(command)]));
}

function broken(description: string): PortalError {
  return notSent({ method: 'batch', kind: 'invalid-params', verdict: 'give-up', description });
}
