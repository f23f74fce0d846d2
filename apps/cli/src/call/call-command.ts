import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { decideClick, isOver, type ClickRequest } from '@app/calls';
import { clickRules, numberReader } from '@app/clicks';
import type { KnownClick, PhoneOwner } from '@app/store';
import { readArguments, Refusal, UsageError } from '../command-line';
import type { Connector } from '../connector';
import { EXIT, type ExitCode } from '../exit-codes';
import type { CommandContext } from '../portals/command';
import type { Terminal } from '../terminal/terminal';
import { describeCall } from './describe-call';

export const callUsage = `call --user EXTENSION --to NUMBER [--line LINE_NUMBER] [--switch ID]

  Calls an employee and then a number, as a click in the CRM does; it is filed as an outgoing call of his.

  --line     the portal's external line
  --switch   where the extension is on more than one`;

const OPTIONS = {
  user: { type: 'string' },
  to: { type: 'string' },
  line: { type: 'string' },
  switch: { type: 'string' },
} as const;

const LOOK_EVERY_MS = 250;
const LONGEST_MS = 60 * 60_000;

/** `call`: makes one call by hand and tells how it goes. Throws Refusal, StoreError. */
export async function callByHand(
  wish: CallWish,
  { terminal, settings, connector }: CommandContext,
): Promise<ExitCode> {
  const owner = await onlyOwner(connector, wish);
  const known = await order({ settings, connector }, owner, wish);
  if (known.state !== 'ordered') throw new Refusal(`It is not dialled: ${known.trouble ?? known.state}.`);
  terminal.write(`call ${known.callId} for switch ${known.switchId}`);
  await connector.ringForDialling(known.switchId, known.callId);
  return tell(connector, known.callId, terminal);
}

/** Who is to call whom. */
export interface CallWish {
  readonly user: string;
  readonly to: string;
  readonly line?: string;
  readonly switch?: string;
}

/** Reads the arguments of `call`. Throws UsageError. */
export function readCallWish(args: readonly string[]): CallWish {
  const { values, positionals } = readArguments(args, OPTIONS, callUsage);
  const { user, to, ...rest } = values;
  if (user === undefined || to === undefined || positionals.length > 0) throw new UsageError(callUsage);
  return { user, to, ...rest };
}

async function onlyOwner(
  { directory }: Connector,
  { user, switch: switchId }: CallWish,
): Promise<PhoneOwner> {
  const owners = (await directory.ownersOf(user)).filter(
    (owner) => switchId === undefined || owner.switchId === switchId,
  );
  const [owner, ...others] = owners;
  if (!owner) throw new Refusal(`No portal has a user with the extension ${user}.`);
  if (others.length > 0)
    throw new Refusal(
      `The extension ${user} is on several switches or in several portals: ${owners.map((one) => one.switchId).join(', ')}. Say --switch.`,
    );
  return owner;
}

async function order(
  { settings, connector }: Pick<CommandContext, 'settings' | 'connector'>,
  { portalId, userId }: PhoneOwner,
  { to, line }: CallWish,
): Promise<KnownClick> {
  const now = Date.now();
  const portal = await connector.portals.settingsOf(portalId);
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
  const rules = clickRules(settings.clicks, portal.clicks);
  return connector.clicks.decide(request, undefined, now, (facts) =>
    decideClick(request, facts, rules, { now, newId: randomUUID, readNumber }),
  );
}

/** Whether it was talked or not: the call was made, and what came of it is said. */
async function tell({ clicks }: Connector, callId: string, terminal: Terminal): Promise<ExitCode> {
  let told = '';
  const deadline = performance.now() + LONGEST_MS;
  while (performance.now() < deadline) {
    const call = await clicks.callOf(callId);
    const line = call ? describeCall(call) : 'waiting for the gateway';
    if (line !== told) terminal.write(line);
    told = line;
    if (call && isOver(call)) return EXIT.ok;
    await pause(LOOK_EVERY_MS);
  }
  return EXIT.ok;
}
