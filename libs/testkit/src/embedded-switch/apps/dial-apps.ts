import type { Channel } from '../core';
import { bridge, handleCause, intercept } from '../ivr';
import type { Originate } from '../originate';
import { words, type App, type ApplicationParts } from './application-parts';
import { attendedTransfer } from './attended-transfer';

/** Applications that connect the channel with somebody else. */
export function dialApps({ originate }: ApplicationParts): readonly App[] {
  return [
    { name: 'bridge', run: (channel, data) => dialAndBridge(originate, channel, data) },
    {
      name: 'att_xfer',
      needsMedia: true,
      run: (channel, data) => attendedTransfer(originate, channel, data),
    },
    {
      name: 'intercept',
      needsMedia: true,
      run: async (channel, data) => {
        const [first = '', second = ''] = words(data);
        const wantsOther = first.toLowerCase() === '-bleg';
        await intercept(channel, wantsOther ? second : first, wantsOther);
      },
    },
  ];
}

/** Dials, and talks until one of the two goes (switch_ivr_orig_and_bridge). */
async function dialAndBridge(originate: Originate, channel: Channel, data: string): Promise<void> {
  if (data === '') return;
  const result = await originate({ caller: channel, dialString: data });
  if ('cause' in result) {
    channel.variables.set('originate_failed_cause', result.cause);
    await handleCause(channel, result.cause);
    return;
  }
  await bridge(channel, result.channel);
}
