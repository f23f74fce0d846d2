import type { ScenarioRecord } from './run-record';
import { momentText } from './text/durations';
import { visibleText } from './text/visible-text';

/** The last ones tell more of a failure; the page has them all. */
const MOST_LINES = 20;
const MOST_CHARACTERS = 240;
/** Told elsewhere in the line, or the same in all of them. */
const NO_FACTS = ['level', 'time', 'app', 'part', 'context', 'msg', 'callId'];

/** What the services decided and complained of while the scenario ran, one line each with its moment. */
export function logText({ attachments, startedAt }: ScenarioRecord): string | undefined {
  const began = Date.parse(startedAt);
  const said = attachments
    .filter(({ kind }) => kind === 'log')
    .flatMap(({ content }) => ('text' in content ? content.text.split('\n') : []))
    .flatMap((line) => entryIn(line))
    .sort((a, b) => a.at - b.at);
  if (said.length === 0) return undefined;
  const left = said.length - MOST_LINES;
  return [
    `The services logged:${left > 0 ? ` (${left} lines before these)` : ''}`,
    ...said.slice(-MOST_LINES).map(({ at, text }) => `${momentText(at - began).padStart(7)}  ${text}`),
  ].join('\n');
}

interface Entry {
  /** Epoch ms. */
  readonly at: number;
  readonly text: string;
}

/** A line that is no JSON (libs/observability writes nothing else) has no moment either; the page shows it. */
function entryIn(line: string): Entry[] {
  const entry = objectIn(line);
  const { time, app, level, msg } = entry;
  if (typeof time !== 'string' || typeof msg !== 'string') return [];
  const facts = Object.entries(entry)
    .filter(([name]) => !NO_FACTS.includes(name))
    .map(([name, value]) => `${name}=${valueText(value)}`);
  const sign = level === 'info' ? '' : `${String(level).toUpperCase()} `;
  const text = `${String(app)}: ${sign}${msg}${facts.length > 0 ? ` (${facts.join(' ')})` : ''}`;
  return [{ at: Date.parse(time), text: visibleText(text).slice(0, MOST_CHARACTERS) }];
}

function objectIn(line: string): Readonly<Record<string, unknown>> {
  try {
    const read: unknown = JSON.parse(line);
    return typeof read === 'object' && read !== null ? { ...read } : {};
  } catch {
    return {};
  }
}

/** Of an error its words, not its stack. */
function valueText(value: unknown): string {
  if (typeof value === 'string') return value;
  const isError = typeof value === 'object' && value !== null && 'message' in value;
  return isError ? String(value.message) : JSON.stringify(value);
}
