import type { Observation } from '@app/calls';
import type { EslEvent } from '@app/esl';
import { present } from './channel-headers';
import { cleanText } from './clean-text';
import type { Seen } from './seen';

/**
 * The blind transfers that a channel went through, from `transfer_history`: `epoch:uuid:bl_xfer:1002/default/XML`, one
 * text or an array (freeswitch-facts, section 3). The switch tells them all again with every event, and notes the dial
 * plan's own `transfer` in the same way. Attended transfers are seen by their bridges.
 */
export function observeTransfers(event: EslEvent, seen: Seen): Observation[] {
  return event.getAll('variable_transfer_history').flatMap((entry): Observation[] => {
    const [, epoch, transferId, target] = BLIND_TRANSFER.exec(entry) ?? [];
    const to = cleanText(target, LONGEST_NUMBER);
    if (epoch === undefined || transferId === undefined || to === undefined) return [];
    const referredBy = refererOf(event, to);
    return [
      {
        type: 'ChannelTransferred',
        ...seen,
        moment: { at: Number(epoch) * 1000, seq: 0 },
        transferId,
        to,
        ...(referredBy !== undefined && { referredBy }),
      },
    ];
  });
}

const LONGEST_NUMBER = 64;
const BLIND_TRANSFER = /^(\d{9,11}):([0-9a-f-]{36}):bl_xfer:([^/]+)/;

/** The REFER headers stay on the channel after later transfers: they speak only of the one to their own target. */
function refererOf(event: EslEvent, to: string): string | undefined {
  if (userOf(event.get('variable_sip_refer_to')) !== to) return undefined;
  return userOf(event.get('variable_sip_h_Referred-By'));
}

function userOf(address: string | undefined): string | undefined {
  return cleanText(/sips?:([^@;>]+)@/.exec(present(address) ?? '')?.[1], LONGEST_NUMBER);
}
