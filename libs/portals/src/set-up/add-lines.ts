import type { ResultOf } from '@app/bitrix24/contract';
import type { PortalLineStore, PortalStore, WantedLines } from '@app/store';
import type { PacedSessions, PortalRequests } from '../paced-sessions';
import type { SetUpStep } from '../set-up-portal';

type KnownLine = ResultOf<'telephony.externalLine.get'>[number];

interface LineParams {
  readonly NUMBER: string;
  readonly NAME?: string;
  readonly CRM_AUTO_CREATE?: 'Y' | 'N';
}

/** What has to be done so that the portal has the lines it should have. */
export interface LineChanges {
  readonly add: readonly LineParams[];
  readonly update: readonly LineParams[];
  readonly remove: readonly string[];
  /** Lines in the portal that stand for no number here: nobody wants them deleted, so they stay. */
  readonly unused: readonly string[];
}

/**
 * Compares the lines that a portal has with those that it should have. A line without a name of its own is added under its
 * number, and keeps whatever name somebody gave it in the portal.
 *
 * @param autoCreate what CRM_AUTO_CREATE should be: it takes part when a call out over the line makes a client
 */
export function lineChanges(
  known: readonly KnownLine[],
  { lines, deletions }: WantedLines,
  autoCreate: boolean,
): LineChanges {
  const byNumber = new Map(known.map((line) => [line.NUMBER, line]));
  const CRM_AUTO_CREATE: LineParams['CRM_AUTO_CREATE'] = autoCreate ? 'Y' : 'N';
  const wanted = lines.map(({ lineNumber, name }) => ({ NUMBER: lineNumber, NAME: name }));
  return {
    add: wanted
      .filter(({ NUMBER }) => !byNumber.has(NUMBER))
      .map(({ NUMBER, NAME = NUMBER }) => ({ NUMBER, NAME, CRM_AUTO_CREATE })),
    update: wanted.flatMap(({ NUMBER, NAME }) => {
      const line = byNumber.get(NUMBER);
      if (line === undefined) return [];
      const change: Omit<LineParams, 'NUMBER'> = {
        ...(NAME !== undefined && NAME !== line.NAME && { NAME }),
        ...((line.CRM_AUTO_CREATE ?? autoCreate) !== autoCreate && { CRM_AUTO_CREATE }),
      };
      return Object.keys(change).length === 0 ? [] : [{ NUMBER, ...change }];
    }),
    remove: deletions,
    unused: [...byNumber.keys()].filter(
      (number) => !deletions.includes(number) && !lines.some(({ lineNumber }) => lineNumber === number),
    ),
  };
}

/** A step of the set-up: the external lines that stand for the company's numbers. Deletes only what somebody wants deleted. */
export class AddLines implements SetUpStep {
  readonly name = 'external lines';

  constructor(
    private readonly sessions: Pick<PacedSessions, 'with'>,
    private readonly lines: Pick<PortalLineStore, 'wanted' | 'deleted'>,
    private readonly portals: Pick<PortalStore, 'settingsOf'>,
  ) {}

  async run(portalId: string): Promise<string | undefined> {
    const problems = await this.sessions.with(portalId, async (requests) => {
      const changes = await this.changes(portalId, requests);
      if (typeof changes === 'string') return [changes];
      const removed = await remove(requests, changes);
      for (const number of removed.gone) await this.lines.deleted(portalId, number);
      return [...removed.problems, ...(await add(requests, changes)), ...(await update(requests, changes))];
    });
    return problems.length === 0 ? undefined : problems.join('\n');
  }

  /** What has to be done, or why nobody can tell. Throws PortalError, StoreError. */
  async changes(portalId: string, requests: PortalRequests): Promise<LineChanges | string> {
    const wanted = await this.lines.wanted(portalId);
    const { crm } = await this.portals.settingsOf(portalId);
    const known = await requests.tryCall('telephony.externalLine.get', {});
    if (!known.ok) return `the lines cannot be read: ${known.error.message}`;
    return lineChanges(known.answer.result, wanted, crm.outbound.create);
  }
}

async function add(requests: PortalRequests, { add: lines }: LineChanges): Promise<string[]> {
  const outcomes = await requests.tryAll('telephony.externalLine.add', lines);
  return outcomes.flatMap((outcome, index) =>
    outcome.ok || outcome.error.kind === 'already-there'
      ? []
      : [`line ${lines[index]?.NUMBER ?? ''} was not added: ${outcome.error.message}`],
  );
}

async function update(requests: PortalRequests, { update: lines }: LineChanges): Promise<string[]> {
  const outcomes = await requests.tryAll('telephony.externalLine.update', lines);
  return outcomes.flatMap((outcome, index) =>
    outcome.ok ? [] : [`line ${lines[index]?.NUMBER ?? ''} was not changed: ${outcome.error.message}`],
  );
}

async function remove(
  requests: PortalRequests,
  { remove: numbers }: LineChanges,
): Promise<{ gone: string[]; problems: string[] }> {
  const params = numbers.map((NUMBER) => ({ NUMBER }));
  const outcomes = await requests.tryAll('telephony.externalLine.delete', params);
  const gone: string[] = [];
  const problems: string[] = [];
  for (const [index, outcome] of outcomes.entries()) {
    const number = numbers[index] ?? '';
    if (outcome.ok || outcome.error.kind === 'not-found') gone.push(number);
    else problems.push(`line ${number} was not deleted: ${outcome.error.message}`);
  }
  return { gone, problems };
}
