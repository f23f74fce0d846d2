import type { Channel } from '../../core';
import { transfer } from '../transfer';

/** `transfer_after_bridge` is "extension:dialplan:context". */
export async function transferAfterBridge(channel: Channel, target: string): Promise<void> {
  channel.variables.delete('transfer_after_bridge');
  const [extension = '', dialplan, context] = target.split(':');
  await transfer(channel, { extension, dialplan, context });
}
