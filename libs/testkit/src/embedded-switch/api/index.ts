import type { ApiCommand } from './api-desk';
import type { ApiParts } from './api-parts';
import { channelCommands } from './channel-commands';
import { informationCommands } from './information-commands';
import { originateCommand } from './originate-command';
import { sofiaCommands } from './sofia-commands';
import { switchCommands } from './switch-commands';

export { ApiDesk } from './api-desk';
export type { ApiCommand } from './api-desk';
export type { ApiParts, SwitchControl } from './api-parts';

/** All api commands of one life of the switch. */
export function apiCommands(parts: ApiParts): Record<string, ApiCommand> {
  return {
    ...informationCommands(parts),
    ...switchCommands(parts),
    ...channelCommands(parts),
    ...sofiaCommands(parts),
    originate: originateCommand(parts),
  };
}
