import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  AddLines,
  appProblems,
  eventsAddress,
  extensionMap,
  findBindingChanges,
  readEmployees,
  readFacts,
  sharedExtensions,
  type PortalFacts,
  type PortalRequests,
} from '@app/portals';
import type { Connector } from '../../connector';
import type { KnownPortal } from '../../portals/find-portal';
import { part } from '../examine';
import { green, red, yellow, type Finding } from '../finding';
import { clockFinding } from './database';
import { listed } from './phones';

/** `server.time` has whole seconds, and a request takes its time. */
const CLOCK_OFF_MS = 10_000;
const TEST_EVENT_MS = 10_000;
/** The cure of whatever a set-up mends. */
export const REPAIR = 'Run "portals repair", or the doctor with --repair.';

/** What is asked of the portal itself, in one session. */
export class PortalExam {
  constructor(
    private readonly connector: Connector,
    private readonly portal: KnownPortal,
    private readonly requests: PortalRequests,
  ) {}

  /** Throws PortalError when the portal cannot be asked at all. */
  async run(): Promise<Finding[]> {
    const owner = await this.#owner();
    const facts = await readFacts(this.requests);
    const parts = [
      part('portal.events', () => this.#events()),
      part('portal.lines', () => this.#lines()),
      part('portal.outgoing', async () => [await this.#outgoing(facts)]),
      part('portal.employees', () => this.#employees()),
      part('portal.clock', async () => [await this.#clock()]),
    ];
    return [owner, ...application(facts), ...(await Promise.all(parts)).flat()];
  }

  async #owner(): Promise<Finding> {
    const { result } = await this.requests.call('profile', {});
    const name = [result.NAME, result.LAST_NAME].filter((text) => text !== null).join(' ');
    const who = `user ${result.ID ?? '?'}${name === '' ? '' : ` (${name})`}`;
    if (result.ID === null)
      return red(
        'portal.token',
        'Whoever installed the application is not in the portal any more.',
        'Reinstall the application under an account that stays.',
      );
    if (result.ADMIN !== true)
      return yellow(
        'portal.token',
        `It answers, with the rights of ${who}, who is no administrator.`,
        'Reinstall the application as an administrator: what must not be missed can be kept for nobody else.',
      );
    return green('portal.token', `It answers, with the rights of ${who}, an administrator`);
  }

  async #events(): Promise<Finding[]> {
    const { portals, apps, settings } = this.connector;
    const handler = await eventsAddress(portals, apps, settings.publicUrl, this.portal.portalId);
    if (handler === undefined)
      return [red('portal.events', 'Nobody can tell it where its events go.', 'Set PUBLIC_URL.')];
    const { bind, unbind, missing } = await findBindingChanges(this.requests, handler);
    const lacking = missing.map(({ event, without }) =>
      yellow(
        'portal.events',
        `It does not offer ${event}: ${without}.`,
        'Give the application the permission telephony; a self-hosted portal needs the module "telephony".',
      ),
    );
    if (bind.length > 0)
      return [
        ...lacking,
        red('portal.events', `Events are not bound: ${listed(bind.map(({ event }) => event))}`, REPAIR),
      ];
    if (unbind.length > 0)
      return [...lacking, yellow('portal.events', 'Events also go to an old address of ours.', REPAIR)];
    return [
      ...lacking,
      green('portal.events', 'Its events are bound to our address'),
      await this.#testEvent(),
    ];
  }

  /** The whole way: portal, its queue, our public address, the door, the database. */
  async #testEvent(): Promise<Finding> {
    const mark = randomUUID();
    await this.requests.call('event.test', { doctor: mark });
    const deadline = Date.now() + TEST_EVENT_MS;
    while (Date.now() < deadline) {
      if (await this.connector.doctor.testEventCame(this.portal.portalId, mark))
        return green('portal.test-event', 'A test event has arrived');
      await pause(250);
    }
    return yellow(
      'portal.test-event',
      `A test event has not arrived within ${TEST_EVENT_MS / 1000} s.`,
      'If it never does: see that the internet reaches PUBLIC_URL, and the log of the gateway for refusals. "Reinstall" gives a new application token.',
    );
  }

  async #lines(): Promise<Finding[]> {
    const { lines, portals } = this.connector;
    const step = new AddLines({ with: (_id, work) => work(this.requests) }, lines, portals);
    const changes = await step.changes(this.portal.portalId, this.requests);
    if (typeof changes === 'string')
      return [red('portal.lines', changes, 'Give the application the permission telephony.')];
    const { add, update, remove, unused: unknown } = changes;
    const known = await lines.of(this.portal.portalId);
    if (add.length > 0)
      return [red('portal.lines', `Lines are missing: ${listed(add.map(({ NUMBER }) => NUMBER))}`, REPAIR)];
    if (update.length > 0 || remove.length > 0)
      return [yellow('portal.lines', 'Lines are not as they should be.', REPAIR)];
    if (known.length === 0)
      return [
        yellow(
          'portal.lines',
          'No number of the company is known: calls are filed without a line.',
          'Give them with "portals lines set".',
        ),
      ];
    const unusedNote =
      unknown.length === 0 ? '' : `; ${listed(unknown)} stand for no number, which is no harm`;
    return [green('portal.lines', `Its lines are there (${known.length} numbers)${unusedNote}`)];
  }

  /** A portal tells clicks to the application that is chosen for calls out, to nobody else. */
  async #outgoing({ app }: PortalFacts): Promise<Finding> {
    const cure =
      'In Bitrix24, Telephony > Settings: choose this application as "Default Number for Outgoing Calls"; employees may choose it for themselves, too.';
    const chosen = await this.requests.tryCall('voximplant.line.outgoing.get', {});
    const clicked = await this.connector.doctor.lastEvent(this.portal.portalId, 'ONEXTERNALCALLSTART');
    if (chosen.ok && chosen.answer.result === `REST_APP:${app.ID ?? ''}`)
      return green('portal.outgoing', 'The application is chosen for calls out: clicks come here');
    if (clicked !== undefined)
      return green('portal.outgoing', `A click came here on ${new Date(clicked).toISOString().slice(0, 10)}`);
    if (chosen.ok)
      return yellow(
        'portal.outgoing',
        'Another line is chosen for calls out: clicks do not come here.',
        cure,
      );
    return yellow(
      'portal.outgoing',
      'Nobody may tell us what is chosen for calls out, and no click has ever come here.',
      cure,
    );
  }

  async #employees(): Promise<Finding[]> {
    const homes = await this.connector.phones.homesOf(this.portal.portalId);
    const map = extensionMap(await readEmployees(this.requests));
    const findings: Finding[] = [];
    if (homes.length === 0)
      findings.push(
        red(
          'portal.employees',
          'It is not known on which switch the phones of its employees are: nobody is shown a card.',
          'Say it with "portals phones", or give its lines with "portals lines set".',
        ),
      );
    const shared = sharedExtensions(map);
    if (shared !== undefined)
      findings.push(yellow('portal.employees', shared, 'Give every employee a number of his own.'));
    if (map.phones.length === 0)
      findings.push(
        red(
          'portal.employees',
          'Nobody has an internal number that we can see: nobody is shown a card.',
          'Enter internal numbers in the profiles of the employees; the application needs the permission user_basic.',
        ),
      );
    else if (map.without.length > 0)
      findings.push(
        yellow(
          'portal.employees',
          `Employees without an internal number: ${listed(map.without.map(({ name, userId }) => name || String(userId)))}`,
          'Whoever makes calls needs one in his profile, the same as on the switch.',
        ),
      );
    if (findings.length > 0) return findings;
    return [green('portal.employees', `${map.phones.length} employees have an internal number each`)];
  }

  async #clock(): Promise<Finding> {
    const { result } = await this.requests.call('server.time', {});
    const offMs = Date.parse(result) - Date.now();
    if (Number.isNaN(offMs)) return green('portal.clock', 'It does not tell its time');
    return clockFinding('portal.clock', 'Its clock', offMs, CLOCK_OFF_MS);
  }
}

function application({ app, scope }: PortalFacts): Finding[] {
  const problems = appProblems(app, scope).map(({ isVital, text, cure }) =>
    isVital ? red('portal.application', text, cure) : yellow('portal.application', text, cure),
  );
  if (problems.length > 0) return problems;
  const plan = app.LICENSE ?? 'a plan that it does not name';
  return [green('portal.application', `The application may do what it needs; ${plan}`)];
}
