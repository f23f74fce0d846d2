import type { Observation } from '@app/calls';
import { EslCommandError, type SwitchCommands } from '@app/esl';
import { observeChannelData } from '@app/observe';

/** What a switch has, asked after a connection: nobody tells us again what happened while we were away. */
export interface ChannelListing {
  readonly coreUuid: string;
  readonly alive: ReadonlySet<string>;
  /** What the channels say of themselves. */
  readonly observations: readonly Observation[];
}

/**
 * Lists the channels of a switch and asks each who it is and how far it got: known ones too, for they may have been
 * answered or bridged while we were away. A channel that ends while we ask is left out: its end is among the events
 * that follow.
 *
 * @throws EslError of the command that failed; SyntaxError when the switch's answer is no JSON
 */
export async function listChannels(commands: SwitchCommands, switchId: string): Promise<ChannelListing> {
  const coreUuid = (await commands.api('global_getvar', 'core_uuid')).trim();
  const uuids = channelUuids(await commands.api('show', 'channels as json'));
  const observations: Observation[] = [];
  for (const uuid of uuids) observations.push(...observeChannelData(await dumpOf(commands, uuid), switchId));
  return { coreUuid, alive: new Set(uuids), observations };
}

/** `show channels as json` leaves `rows` out when there is none. */
function channelUuids(answer: string): string[] {
  const listing: unknown = JSON.parse(answer);
  const rows: unknown =
    typeof listing === 'object' && listing !== null && 'rows' in listing ? listing.rows : [];
  if (!Array.isArray(rows)) return [];
  return rows
    .map((row: unknown) => (typeof row === 'object' && row !== null && 'uuid' in row ? row.uuid : undefined))
    .filter((uuid): uuid is string => typeof uuid === 'string' && CHANNEL_UUID.test(uuid));
}

/** What goes back into a command is checked first. */
const CHANNEL_UUID = /^[A-Za-z0-9-]{1,64}$/;

async function dumpOf(commands: SwitchCommands, uuid: string): Promise<unknown> {
  try {
    return JSON.parse(await commands.api('uuid_dump', `${uuid} json`));
  } catch (error) {
    if (error instanceof EslCommandError) return undefined;
    throw error;
  }
}
