import { once } from 'node:events';
import { createTestDatabase, createTestQueue, demoCompany, FakePortal } from '@app/testkit';
import { ENTERPRISE_LIMIT } from '../company/portal-seed';
import { DEMO_DAY } from './day';
import { ServiceDied } from '../processes/service';
import { LineView } from './live/line-view';
import { noView, type LiveView } from './live/live-view';
import { showLive } from './live/show-live';
import { TableView } from './live/table-view';
import type { DemoOptions } from './options';
import { playDay } from './play-day';
import { DEFAULT_USER_ID, Rehearsal } from './rehearsal';
import type { RunDirectory } from './run-directory';
import { Stage } from './stage';
import { summarise, summaryTable, type Summary } from './summary';

/** Where a run takes place. */
export interface DemoPlace {
  readonly directory: RunDirectory;
  readonly databaseUrl: string;
  readonly queueUrl: string;
  /** Aborted when somebody wants the demo to end, or when a service has died; the reason is thrown. */
  readonly ending: AbortController;
}

/** So long after the day everything must be in the portal; its recordings go last. */
const FILED_WITHIN_MS = 60_000;

/**
 * A database and a queue of the run's own, on the servers that DATABASE_URL and QUEUE_URL name; dropped afterwards. So
 * the demo never meets the calls of somebody else, nor leaves its own behind.
 */
export async function withServers<T>(
  work: (databaseUrl: string, queueUrl: string) => Promise<T>,
): Promise<T> {
  const database = await createTestDatabase();
  try {
    const queue = await createTestQueue();
    try {
      return await work(database.url, queue.url);
    } finally {
      await queue.drop();
    }
  } finally {
    await database.drop();
  }
}

/** Sets the stage, plays the day, shows it, and sums it up. Throws ServiceDied, or the reason of `ending`. */
export async function runDemo(options: DemoOptions, place: DemoPlace): Promise<Summary> {
  const { capacity: threshold, drainPerSecond: leakPerSecond } = ENTERPRISE_LIMIT;
  const portal = new FakePortal({ company: demoCompany(), rateLimit: { threshold, leakPerSecond } });
  const rehearsal = new Rehearsal(DEMO_DAY, portal.company, options.speed);
  const { ending, ...where } = place;
  const stage = await Stage.set({
    ...where,
    portal,
    lines: rehearsal.lines,
    defaultUserId: DEFAULT_USER_ID,
    onDeath: (death) => ending.abort(death),
    signal: ending.signal,
  });
  try {
    return await playAndSumUp(options, { stage, portal, rehearsal, place });
  } finally {
    await stage.strike();
  }
}

interface Scenery {
  readonly stage: Stage;
  readonly portal: FakePortal;
  readonly rehearsal: Rehearsal;
  readonly place: DemoPlace;
}

async function playAndSumUp(options: DemoOptions, scenery: Scenery): Promise<Summary> {
  const { stage, place } = scenery;
  const { signal } = place.ending;
  const print = (text: string): void => {
    if (!options.json)
      process.stdout.write(`${text}
`);
  };
  print(`The portal's page: ${stage.pageUrl}\n`);
  await playShown(options, scenery);
  if (!options.once && process.stdout.isTTY) {
    print(summaryTable(sumUp(scenery)));
    print(`\nThe portal's page stays open until Ctrl-C: ${stage.pageUrl}`);
    if (!signal.aborted) await once(signal, 'abort');
    if (signal.reason instanceof ServiceDied) throw signal.reason;
    return sumUp(scenery);
  }
  // Only what worker and gateway leave behind when they have ended is final.
  await stage.stopServices();
  signal.throwIfAborted();
  const summary = sumUp(scenery);
  print(summaryTable(summary));
  if (options.json) process.stdout.write(`${JSON.stringify(summary, undefined, 2)}\n`);
  return summary;
}

function sumUp({ portal, rehearsal }: Scenery): Summary {
  const requests = portal.requests.length;
  return summarise(rehearsal.judge(portal), { requests, violations: portal.audit() }, portal.company);
}

async function playShown(options: DemoOptions, { stage, portal, rehearsal, place }: Scenery): Promise<void> {
  const { signal } = place.ending;
  const { fs, calls } = stage;
  const stopShowing = showLive(viewFor(options), { calls, portal }, (error) => place.ending.abort(error));
  try {
    await playDay(rehearsal.day, {
      fs,
      speed: options.speed,
      recordingsDir: place.directory.recordings,
      signal,
    });
    await rehearsal.filed(portal, calls, { withinMs: FILED_WITHIN_MS, signal });
  } finally {
    await stopShowing();
  }
}

function viewFor({ json }: DemoOptions): LiveView {
  if (json) return noView;
  if (process.stdout.isTTY) return new TableView(process.stdout);
  return new LineView((line) => void process.stdout.write(`${line}\n`));
}
