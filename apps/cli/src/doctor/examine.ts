import { redactText } from '@app/observability';
import { red, type Finding } from './finding';

/** Something the doctor looks at. */
export interface Examination {
  /** The word that stands in its findings when it cannot be done at all. */
  readonly check: string;
  readonly about?: string;
  /** May take so long, ms. */
  readonly withinMs: number;
  /** May throw: then that is the finding. */
  readonly run: () => Promise<readonly Finding[]>;
}

/** Does all of them side by side; one that breaks or hangs costs the others nothing. The findings in order. */
export async function examine(examinations: readonly Examination[]): Promise<Finding[]> {
  const findings = await Promise.all(examinations.map(one));
  return findings.flat();
}

async function one({ check, about, withinMs, run }: Examination): Promise<Finding[]> {
  const findings = await inTime(withinMs, run).catch((error: unknown) => [cannotTell(check, error)]);
  return findings.map((finding) => discreet({ ...finding, about: finding.about ?? about }));
}

/** A part of an examination that may break by itself. */
export async function part(
  check: string,
  look: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  return look().catch((error: unknown) => [cannotTell(check, error)]);
}

function cannotTell(check: string, error: unknown): Finding {
  const reason = error instanceof Error ? error.message : String(error);
  return red(check, `This could not be checked: ${reason}`, 'Mend what is said here, then look again.');
}

async function inTime<T>(ms: number, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${Math.round(ms / 1000)} s`)), ms);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Errors of others may quote addresses; those of the public door hold keys. */
function discreet(finding: Finding): Finding {
  const clean = (text: string) => redactText(text).replace(/(\/bitrix24\/)[^/\s]{20,}/g, '$1[hidden]');
  const { text, cure } = finding;
  return { ...finding, text: clean(text), ...(cure !== undefined && { cure: clean(cure) }) };
}
