import { callFacts, type Call } from '@app/calls';

/** What the directory says of a call: only what concerns it. A domain that is empty means every domain. */
export interface CallDirectory {
  /** Portals that the call or its switch names. */
  readonly portals: readonly {
    readonly portalId: string;
    readonly memberId: string;
    readonly domain: string;
  }[];
  /** Lines of the call's switch. */
  readonly lines: readonly { readonly portalId: string; readonly domain: string; readonly did: string }[];
  /** Internal numbers of the call's switch. */
  readonly people: readonly {
    readonly portalId: string;
    readonly domain: string;
    readonly extension: string;
  }[];
  /** Which portals have people in which domain of the call's switch. */
  readonly domains: readonly { readonly portalId: string; readonly domain: string }[];
  /** Member id or domain. */
  readonly defaultPortal?: string;
}

/**
 * The portal of a call, the first that applies: the one it was clicked in; the channel variable `crm_portal`; the line that was called, or called
 * from; whose extension takes part, or whose domain it is in; the default portal of the switch. Undefined: not to be
 * filed. A rule whose answer is two portals does not apply, and a `crm_portal` that nobody knows ends the search: to file
 * a call nowhere is better than in another company's CRM.
 */
export function portalOfCall(call: Call, directory: CallDirectory): string | undefined {
  if (call.click) return call.click.portalId;
  const named = namedPortal(call);
  if (named !== undefined) return portalNamed(named, directory);
  return (
    portalOfLine(call, directory) ??
    portalOfPeople(call, directory) ??
    (directory.defaultPortal === undefined ? undefined : portalNamed(directory.defaultPortal, directory))
  );
}

/** What to look up for `portalOfCall`. */
export function namedPortal(call: Call): string | undefined {
  return call.legs.map((leg) => leg.origin.portal).find((portal) => portal !== undefined && portal !== '');
}

/** The company's number in the call, without a leading plus. */
export function didOfCall(call: Call): string | undefined {
  const { did } = callFacts(call, call.started.at);
  return did === undefined ? undefined : withoutPlus(did);
}

/** The phones of the company in the call, in the order of their legs. */
export function employeesOf(call: Call): { extension: string; domain?: string }[] {
  return call.legs.map((leg) => leg.origin.party).filter((party) => party.kind === 'employee');
}

function portalNamed(name: string, { portals }: CallDirectory): string | undefined {
  return onlyOne(
    portals.filter(({ memberId, domain }) => memberId === name || domain === name.toLowerCase()),
  );
}

/** An outside call knows no domain until a phone of the company rings: then a line of any domain will do. */
function portalOfLine(call: Call, { lines }: CallDirectory): string | undefined {
  const did = didOfCall(call);
  const ours = lines.filter((line) => withoutPlus(line.did) === did);
  const domains = employeesOf(call).map(({ domain }) => domain);
  return (
    onlyOne(ours.filter(({ domain }) => domains.includes(domain))) ??
    onlyOne(ours.filter(({ domain }) => domain === '')) ??
    onlyOne(ours)
  );
}

function portalOfPeople(call: Call, directory: CallDirectory): string | undefined {
  const answers = employeesOf(call).map((employee) => {
    const people = directory.people.filter(({ extension }) => extension === employee.extension);
    return (
      onlyOne(people.filter(({ domain }) => domain === employee.domain)) ??
      onlyOne(people.filter(({ domain }) => domain === '' || employee.domain === undefined)) ??
      onlyOne(directory.domains.filter(({ domain }) => domain !== '' && domain === employee.domain))
    );
  });
  return answers.find((portalId) => portalId !== undefined);
}

function onlyOne(candidates: readonly { readonly portalId: string }[]): string | undefined {
  const portalIds = new Set(candidates.map(({ portalId }) => portalId));
  return portalIds.size === 1 ? [...portalIds][0] : undefined;
}

function withoutPlus(number: string): string {
  return number.replace(/^\+/, '');
}
