import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CallerView } from '../books/call-truth';
import type { PlannedCall } from '../plan/planned-call';

/** What happens: `clients` and `employees` call, `called` is called, `register` registers. */
export type SippScenario = 'clients' | 'employees' | 'called' | 'register';

/** Path of a scenario; looked for upwards, because this code runs both from its source (tests) and from dist/. */
export function scenarioFile(name: SippScenario): string {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, 'apps', 'harness', 'sipp', `${name}.xml`);
    if (existsSync(candidate)) return candidate;
  }
  throw new Error('apps/harness/sipp is missing: the harness runs in a working copy.');
}

/** A line of -inf: the scenarios say what its fields are. */
export function callLine({ client, to, from, fate, ringMs, talkMs }: PlannedCall, password?: string): string {
  const fields = [client, to, from, fate === 'unanswered' ? ringMs : 0, talkMs];
  return [...fields, ...(password === undefined ? [] : [authentication(from, password)])].join(';');
}

/** sipp reads it as one of its keywords. */
export function authentication(username: string, password: string): string {
  return `[authentication username=${username} password=${password}]`;
}

const STEP = /(placed|rang|answered|ended|refused-(\d{3})) (\d+) (\d+)(?:\.\d+)? (\d+)(?:\.\d+)?/;

/** What callers saw, from what the scenarios have logged. By the client's number. */
export function readViews(log: string): Map<string, CallerView> {
  const views = new Map<string, CallerView>();
  for (const line of log.split('\n')) {
    const [, step = '', code, client = '', seconds, microseconds] = STEP.exec(line) ?? [];
    if (step === '') continue;
    const at = Number(seconds) * 1_000 + Number(microseconds) / 1_000;
    views.set(client, after(views.get(client) ?? { placedAt: at }, step, code, at));
  }
  return views;
}

function after(view: CallerView, step: string, code: string | undefined, at: number): CallerView {
  if (code !== undefined) return { ...view, refusedWith: Number(code), endedAt: at };
  switch (step) {
    case 'rang':
      return { ...view, rangAt: view.rangAt ?? at };
    case 'answered':
      return { ...view, answeredAt: view.answeredAt ?? at };
    case 'ended':
      return { ...view, endedAt: at };
    default:
      return view;
  }
}

const UNEXPECTED = /unexpected message[^]*?received '([^\r\n]*)([^]*?)(?=unexpected message|$)/g;
const CLIENT = /sip:(79\d{9})@/;

/** What callers did not expect, by the client's number: the first line of the message that sipp gave a call up for. */
export function readTroubles(errors: string): Map<string, string> {
  const troubles = new Map<string, string>();
  for (const [, firstLine = '', rest = ''] of errors.matchAll(UNEXPECTED)) {
    const client = CLIENT.exec(`${firstLine}${rest}`)?.[1];
    if (client !== undefined) troubles.set(client, `unexpected: ${firstLine}`);
  }
  return troubles;
}
