import { PortalError } from '@app/bitrix24';
import { troubleOf } from '@app/portals';
import type { Connector } from '../../connector';
import type { KnownPortal } from '../../portals/find-portal';
import { part } from '../examine';
import { green, red, yellow, type Finding } from '../finding';
import { PortalExam, REPAIR } from './portal-exam';

/** Everything about one portal: what is noted down here, and what it says itself. */
export async function lookAtPortal(connector: Connector, portal: KnownPortal): Promise<Finding[]> {
  const noted = [...setUp(portal), ...(await part('portal.chores', () => chores(connector, portal)))];
  if (portal.troubleKind === 'uninstalled' || portal.appId === null) return [...unused(portal), ...noted];
  try {
    const asked = await connector
      .sessions()
      .with(portal.portalId, (requests) => new PortalExam(connector, portal, requests).run());
    return [...asked, ...noted];
  } catch (error) {
    if (error instanceof PortalError)
      return [notAnswered(error, await connector.portals.byId(portal.portalId)), ...noted];
    throw error;
  }
}

function unused({ troubleReason, troubleCure, appId }: KnownPortal): Finding[] {
  if (appId === null && troubleReason === null)
    return [
      yellow(
        'portal.application',
        'It was connected without an application: nobody can renew its tokens.',
        'Add an application with "portals add" and install it.',
      ),
    ];
  return [red('portal.token', troubleReason ?? '', troubleCure ?? '')];
}

/** What was noted down of it when it turned red says more than the last refusal. */
function notAnswered(error: PortalError, noted: KnownPortal | undefined): Finding {
  if (noted?.troubleReason) return red('portal.token', noted.troubleReason, noted.troubleCure ?? '');
  const trouble = troubleOf(error);
  if (trouble) return red('portal.token', trouble.reason, trouble.cure);
  return red(
    'portal.token',
    `It does not answer: ${error.message}`,
    'See whether this machine reaches it (DNS, proxy, firewall); it may also be away for a moment.',
  );
}

function setUp({ setUpProblem, setUpDone, setUpWanted }: KnownPortal): Finding[] {
  if (setUpProblem !== null)
    return [yellow('portal.set-up', `Its set-up had a problem: ${setUpProblem}`, `Mend it. ${REPAIR}`)];
  if (setUpDone < setUpWanted)
    return [
      yellow('portal.set-up', 'It is still to be set up.', 'The worker does so; see that one is alive.'),
    ];
  return [green('portal.set-up', 'It is set up')];
}

async function chores({ chores: store, doctor }: Connector, { portalId }: KnownPortal): Promise<Finding[]> {
  const problems = (await store.of(portalId)).flatMap(({ chore, problem }) =>
    problem === undefined
      ? []
      : [yellow(`portal.${chore}`, problem, 'The worker tries again by itself once this is mended.')],
  );
  const failed = await doctor.failedEvents(portalId);
  const events = failed
    ? [
        yellow(
          'portal.inbox',
          `${failed.count} of its events could not be handled today. The last: ${failed.reason}`,
          'They stay in the inbox (table portal_event) with their reasons.',
        ),
      ]
    : [];
  return [...problems, ...events];
}
