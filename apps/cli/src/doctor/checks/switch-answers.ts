import { EslCommandError, type SwitchVisit } from '@app/esl';

/** The answer to a command; undefined: the user may not ask, or the switch does not have it. Throws EslError. */
export async function allowed(
  { api }: SwitchVisit,
  command: string,
  args?: string,
): Promise<string | undefined> {
  try {
    return await api(command, args);
  } catch (error) {
    if (error instanceof EslCommandError) return undefined;
    throw error;
  }
}

/** The rows of a `show ... as json`; undefined: it is none. An empty list has no `rows`. */
export function rowsIn(text: string): readonly Readonly<Record<string, unknown>>[] | undefined {
  try {
    const listing: unknown = JSON.parse(text);
    if (typeof listing !== 'object' || listing === null) return undefined;
    const rows: unknown = Reflect.get(listing, 'rows') ?? [];
    return Array.isArray(rows) ? rows.filter((row) => typeof row === 'object' && row !== null) : undefined;
  } catch {
    return undefined;
  }
}
