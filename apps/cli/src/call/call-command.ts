import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { decideClick, isOver, type ClickRequest } from '@app/calls';
import { clickRules, numberReader } from '@app/clicks';
import { callSettings, type CallSettings } from '@app/config';
import { dialClickQueue, openQueueBackend, ringDialClick } from '@app/queues';
import {
  ClickStore,
  createDataSource,
  DirectoryStore,
  PortalStore,
  SecretBox,
  type KnownClick,
  type PhoneOwner,
} from '@app/store';
import type { Console } from '../console';
import { UsageError } from '../usage-error';
import { describeCall } from './describe-call';

export const CALL_USAGE = `usage:
  call --user EXTENSION --to NUMBER [--line LINE_NUMBER] [--switch ID]
      Calls an employee and then a number, as a click in the CRM does; it is filed as an outgoing call of his.
      --line: the portal's external line. --switch: where the extension is on more than one.
Settings: DATABASE_URL, QUEUE_URL, and those of clicks.`;

const OPTIONS = {
  user: { type: 'string' },
  to: { type: 'string' },
  line: { type: 'string' },
  switch: { type: 'string' },
} as const;

const LOOK_EVERY_MS = 250;
const LONGEST_MS = 60 * 60_000;

/**
 * Makes one call by hand and tells how it goes.
 *
 * @throws UsageError, SettingsError, StoreError
 */
export async function callCommand(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  console: Console,
): Promise<void> {
  const wish = parsed(args);
  const settings = callSettings(env);
  const options = { poolSize: 2, applicationName: 'connector-cli' };
  const dataSource = await createDataSource(settings.database.url, options).initialize();
  try {
    const clicks = new ClickStore(dataSource);
    const owner = await onlyOwner(new DirectoryStore(dataSource), wish);
    const portals = new PortalStore(dataSource, new SecretBox([]));
    const known = await order({ clicks, portals, settings }, owner, wish);
    if (known.state !== 'ordered')
      throw new UsageError(`It is not dialled: ${known.trouble ?? known.state}.`);
    console.print(`call ${known.callId} for switch ${known.switchId}`);
    await dial(settings.queue.url, known);
    await tell(clicks, known.callId, console);
  } finally {
    await dataSource.destroy();
  }
}

interface Wish {
  readonly user: string;
  readonly to: string;
  readonly line?: string;
  readonly switch?: string;
}

function parsed(args: readonly string[]): Wish {
  try {
    const { user, to, ...rest } = parseArgs({ args: [...args], options: OPTIONS }).values;
    if (user !== undefined && to !== undefined) return { user, to, ...rest };
  } catch {
    // Said below.
  }
  throw new UsageError(CALL_USAGE);
}

async function onlyOwner(directory: DirectoryStore, { user, switch: switchId }: Wish): Promise<PhoneOwner> {
  const owners = (await directory.ownersOf(user)).filter(
    (owner) => switchId === undefined || owner.switchId === switchId,
  );
  const [owner, ...others] = owners;
  if (!owner) throw new UsageError(`No portal has a user with the extension ${user}.`);
  if (others.length > 0)
    throw new UsageError(
      `The extension ${user} is on several switches or in several portals: ${owners.map((one) => one.switchId).join(', ')}. Say --switch.`,
    );
  return owner;
}

interface OrderMeans {
  readonly clicks: ClickStore;
  readonly portals: PortalStore;
  readonly settings: CallSettings;
}

async function order(
  { clicks, portals, settings }: OrderMeans,
  { portalId, userId }: PhoneOwner,
  { to, line }: Wish,
): Promise<KnownClick> {
  const now = Date.now();
  const portal = await portals.settingsOf(portalId);
  const readNumber = numberReader(portal.defaultRegion ?? settings.policy.defaultRegion);
  const request: ClickRequest = {
    kind: 'click',
    portalId,
    userId,
    numbers: [to],
    isMobile: false,
    askedAt: now,
    ...(line !== undefined && { lineNumber: line }),
  };
  return clicks.decide(request, undefined, now, (facts) =>
    decideClick(request, facts, clickRules(settings.clicks, portal.clicks), {
      now,
      newId: randomUUID,
      readNumber,
    }),
  );
}

async function dial(queueUrl: string, { switchId, callId }: KnownClick): Promise<void> {
  const backend = await openQueueBackend(queueUrl, { onError: () => undefined, postgresPoolSize: 2 });
  const queue = backend.queue(dialClickQueue(switchId));
  try {
    await ringDialClick(queue, switchId, callId);
  } finally {
    await queue.close();
    await backend.close();
  }
}

async function tell(clicks: ClickStore, callId: string, console: Console): Promise<void> {
  let told = '';
  const deadline = performance.now() + LONGEST_MS;
  while (performance.now() < deadline) {
    const call = await clicks.callOf(callId);
    const line = call ? describeCall(call) : 'waiting for the gateway';
    if (line !== told) console.print(line);
    told = line;
    if (call && isOver(call)) return;
    await pause(LOOK_EVERY_MS);
  }
}
