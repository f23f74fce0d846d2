import type { SwitchVisit } from '@app/esl';
import type { KnownPhone } from '@app/store';
import { green, yellow, type Finding } from '../finding';
import { allowed, rowsIn } from './switch-answers';

const CHECK = 'switch.phones';

interface Phone {
  readonly extension: string;
  readonly domain: string;
}

/** Phones of the switch that belong to nobody in a portal, and employees whose phone the switch does not know. */
export async function phoneFindings(
  visit: SwitchVisit,
  switchId: string,
  known: readonly KnownPhone[],
): Promise<Finding[]> {
  const here = known.filter((phone) => phone.switchId === switchId);
  const registered = registeredIn(await allowed(visit, 'show', 'registrations as json'));
  const directory = directoryIn(await allowed(visit, 'list_users'));
  const phones = unique([...registered, ...directory]);
  if (phones.length === 0 || here.length === 0) return [];
  const strangers = phones.filter((phone) => !here.some((one) => isSame(one, phone)));
  // Whom the directory does not name may merely be at home, if nothing but registrations could be asked for.
  const missing =
    directory.length === 0 ? [] : here.filter((one) => !phones.some((phone) => isSame(one, phone)));
  const findings = [...strangersFinding(strangers), ...missingFinding(missing)];
  if (findings.length > 0) return findings;
  return [green(CHECK, `Every phone of the switch belongs to somebody (${phones.length})`)];
}

function strangersFinding(strangers: readonly Phone[]): Finding[] {
  if (strangers.length === 0) return [];
  return [
    yellow(
      CHECK,
      `Phones that belong to nobody in a portal: ${listed(strangers.map(({ extension }) => extension))}`,
      'Enter them as internal numbers in the profiles of the employees; phones of rooms and doors may stay as they are.',
    ),
  ];
}

function missingFinding(missing: readonly KnownPhone[]): Finding[] {
  if (missing.length === 0) return [];
  return [
    yellow(
      CHECK,
      `Internal numbers that the switch does not know: ${listed(missing.map(({ extension }) => extension))}`,
      'Add them to the directory of the switch, or correct the profiles in Bitrix24.',
    ),
  ];
}

/** 1001, 1002 and 30 more */
export function listed(names: readonly string[], most = 10): string {
  const shown = [...new Set(names)].sort();
  const rest = shown.length - most;
  return rest > 0 ? `${shown.slice(0, most).join(', ')} and ${rest} more` : shown.join(', ');
}

function isSame(known: KnownPhone, { extension, domain }: Phone): boolean {
  return known.extension === extension && (known.domain === undefined || known.domain === domain);
}

function unique(phones: readonly Phone[]): Phone[] {
  return [...new Map(phones.map((phone) => [`${phone.extension}@${phone.domain}`, phone])).values()];
}

function registeredIn(said: string | undefined): Phone[] {
  const rows = said === undefined ? [] : (rowsIn(said) ?? []);
  return rows.flatMap(({ reg_user: extension, realm: domain }) =>
    typeof extension === 'string' && typeof domain === 'string' ? [{ extension, domain }] : [],
  );
}

/** `list_users` (mod_commands): a line of names with bars between, then one for each user; only what looks like a number. */
function directoryIn(said: string | undefined): Phone[] {
  const [head = '', ...rows] = (said ?? '').split('\n');
  const names = head.split('|');
  const [user, domain] = [names.indexOf('userid'), names.indexOf('domain')];
  if (user < 0 || domain < 0) return [];
  return rows.flatMap((row) => {
    const cells = row.split('|');
    const extension = cells[user] ?? '';
    return /^\d{1,15}$/.test(extension) ? [{ extension, domain: cells[domain] ?? '' }] : [];
  });
}
