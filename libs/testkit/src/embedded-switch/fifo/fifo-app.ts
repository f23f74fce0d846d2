import type { EventRecord } from '../../captured-calls/captured-event';
import type { App } from '../apps/application-parts';
import type { Channel } from '../core';
import { separate } from '../originate';
import type { Lines } from './lines';
import { takeCallers } from './take-callers';
import { track } from './track-call';
import { waitInLine } from './wait-in-line';

const MOST_LINES = 25;

/**
 * `fifo NAME in [announce] [music] [noans|early]`: a caller waits. `fifo NAME[,NAME...] out [wait|nowait] [announce]
 * [music]`: somebody takes the first one. Without music (`undef`, `silence`, no fifo_music) the waiting are not told anything.
 */
export function fifoApps(lines: Lines): readonly App[] {
  return [
    { name: 'fifo', needsMedia: true, run: (channel, data) => run(lines, channel, data) },
    {
      name: 'fifo_track_call',
      run: (channel, data) => {
        if (data !== '') track(lines, channel, data);
      },
    },
  ];
}

async function run(lines: Lines, channel: Channel, data: string): Promise<void> {
  const [names = '', direction = '', ...rest] = separate(data, ' ');
  const served = names
    .split(',', MOST_LINES)
    .filter((name) => name !== '')
    .map((name) => {
      const [bare = '', importance = ''] = name.split('!');
      return lines.get(bare, Number.parseInt(importance, 10) || 0);
    });
  const [line] = served;
  if (!line) return;
  if (direction.toLowerCase() === 'in') {
    if (served.length > 1) return;
    const [announce, music, answers] = rest;
    await waitInLine(lines, line, channel, {
      ...sounds(channel, announce, music),
      answers: !/^(noans|early)$/i.test(answers ?? ''),
    });
  } else if (direction.toLowerCase() === 'out') {
    const [waits = 'wait', announce, music] = rest;
    if (!/^(no)?wait$/i.test(waits)) return;
    await takeCallers({
      lines,
      channel,
      served,
      name: names,
      waits: waits.toLowerCase() === 'wait',
      ...sounds(channel, announce, music),
      memberId: channel.variables.get('fifo_outbound_uuid'),
      identity: identityOf(channel),
    });
  }
}

function identityOf({ direction, profile }: Channel): EventRecord {
  const isInbound = direction === 'inbound';
  const name = isInbound ? profile.calleeIdName : profile.callerIdName;
  const number = isInbound ? profile.calleeIdNumber : profile.callerIdNumber;
  return {
    ...(name !== '' && { 'FIFO-Caller-CID-Name': name }),
    ...(number !== '' && { 'FIFO-Caller-CID-Number': number }),
  };
}

function sounds({ variables }: Channel, announce: string | undefined, music: string | undefined) {
  const known = (text: string | undefined, nothing: RegExp): string | undefined =>
    text === undefined || nothing.test(text) ? undefined : text;
  return {
    announce: known(announce ?? variables.get('fifo_announce'), /^undef$/i),
    music: known(music ?? variables.get('fifo_music'), /^(undef|silence)$/i),
  };
}
