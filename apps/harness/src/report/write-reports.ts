import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { htmlReport } from './html/page';
import { junitXml, type JunitOptions } from './junit/junit-xml';
import type { RunRecord } from './run-record';
import { withoutDigests } from './sip-log';

/** Where each report goes; what is not named is not written. */
export interface ReportFiles {
  readonly html?: string;
  readonly junit?: string;
  /** The run record itself, as JSON. */
  readonly record?: string;
}

/** A report could not be written; the message says which and why. */
export class ReportError extends Error {
  override readonly name = 'ReportError';
}

/**
 * Writes the reports of a run, and the folders they go to.
 *
 * @throws ReportError when a file cannot be written; the others are written nevertheless
 */
export async function writeReports(
  run: RunRecord,
  { html, junit, record }: ReportFiles,
  options: JunitOptions = {},
): Promise<void> {
  const results = await Promise.allSettled([
    write(html, () => htmlReport(run)),
    write(junit, () => junitXml(run, options)),
    write(record, () => `${JSON.stringify(withoutSecrets(run), null, 1)}\n`),
  ]);
  const errors = results.flatMap((result) =>
    result.status === 'rejected' ? [result.reason as unknown] : [],
  );
  if (errors.length > 0) throw errors[0];
}

async function write(file: string | undefined, content: () => string): Promise<void> {
  if (file === undefined) return;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content());
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ReportError(`The report ${file} could not be written: ${why}`, { cause: error });
  }
}

function withoutSecrets(run: RunRecord): RunRecord {
  return {
    ...run,
    scenarios: run.scenarios.map((scenario) => ({
      ...scenario,
      messages: scenario.messages.map((message) => ({ ...message, text: withoutDigests(message.text) })),
    })),
  };
}
