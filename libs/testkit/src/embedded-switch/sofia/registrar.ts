import { fireRegistration } from './registration-events';
import type { SwitchCore } from '../core';
import type { PlannedUser } from '../dialplan-port';
import { headerOf, listOf, parseNameAddr, type Flow, type ServerTransaction, type SipRequest } from '../sip';
import type { RegistrationTable } from './registration-table';

/** Seconds; a phone that wants more gets less (sip-force-expires is not set in FreeSWITCH's own configuration). */
const LONGEST_SECONDS = 3600;
const USUAL_SECONDS = 3600;

/** What the registrar needs from its profile. */
export interface RegistrarHome {
  readonly name: string;
  readonly core: SwitchCore;
  readonly table: RegistrationTable;
  /** Whether an address has one phone or many (multiple-registrations). */
  readonly keepsMany: boolean;
}

/** Takes an authenticated REGISTER: keeps, refreshes and forgets contacts (sofia_reg_handle_register). */
export function register(transaction: ServerTransaction, user: PlannedUser, home: RegistrarHome): void {
  const { request, flow } = transaction;
  const contacts = listOf(request, 'Contact');
  if (contacts.length === 0) {
    answer(transaction, home, user);
    return;
  }
  if (contacts[0] === '*') {
    for (const registration of home.table.of(user.id, user.domain)) forget(registration.contact, home, user);
    transaction.respond(200);
    return;
  }
  for (const contact of contacts) {
    const address = parseNameAddr(contact);
    if (!address) {
      transaction.respond(400, { reason: 'Bad Contact' });
      return;
    }
    const seconds = secondsOf(address.params.get('expires'), request);
    if (seconds === 0) forget(address.uriText, home, user);
    else keep(transaction, user, home, { contact: address.uriText, header: contact, seconds, flow });
  }
  answer(transaction, home, user);
}

interface Wanted {
  readonly contact: string;
  readonly header: string;
  readonly seconds: number;
  readonly flow: Flow;
}

function keep(transaction: ServerTransaction, user: PlannedUser, home: RegistrarHome, wanted: Wanted): void {
  const { request } = transaction;
  const known = home.table.of(user.id, user.domain);
  if (!home.keepsMany) {
    known
      .filter(({ contact }) => contact !== wanted.contact)
      .forEach(({ contact }) => home.table.remove(user.id, user.domain, contact));
  }
  const registration = home.table.put({
    user: user.id,
    domain: user.domain,
    profile: home.name,
    callId: headerOf(request, 'Call-ID') ?? '',
    userAgent: headerOf(request, 'User-Agent') ?? 'unknown',
    contact: wanted.contact,
    contactHeader: wanted.header,
    flow: wanted.flow,
    expiresAt: home.core.clock.now() + wanted.seconds * 1000,
  });
  registration.callOff = home.core.clock.after(wanted.seconds * 1000, () => {
    if (home.table.remove(user.id, user.domain, wanted.contact)) {
      fireRegistration(home.core, 'sofia::expire', registration, user, 0);
    }
  });
  if (wanted.flow.protocol !== 'UDP') {
    wanted.flow.onClose(() => {
      if (home.table.holds(registration)) forget(wanted.contact, home, user);
    });
  }
  fireRegistration(home.core, 'sofia::register', registration, user, wanted.seconds);
}

function forget(contact: string, home: RegistrarHome, user: PlannedUser): void {
  const registration = home.table.remove(user.id, user.domain, contact);
  if (registration) fireRegistration(home.core, 'sofia::unregister', registration, user, 0);
}

/** 200 with all contacts of the address, each with the seconds that are left. */
function answer(transaction: ServerTransaction, home: RegistrarHome, user: PlannedUser): void {
  const now = home.core.clock.now();
  const contacts = home.table.of(user.id, user.domain).map(({ contact, expiresAt }) => ({
    name: 'Contact',
    value: `<${contact}>;expires=${Math.max(0, Math.round((expiresAt - now) / 1000))}`,
  }));
  const date = { name: 'Date', value: new Date(now).toUTCString() };
  transaction.respond(200, { headers: [...contacts, date] });
}

function secondsOf(param: string | undefined, request: SipRequest): number {
  const seconds = param ?? headerOf(request, 'Expires') ?? String(USUAL_SECONDS);
  return /^\d{1,9}$/.test(seconds) ? Math.min(Number(seconds), LONGEST_SECONDS) : USUAL_SECONDS;
}
