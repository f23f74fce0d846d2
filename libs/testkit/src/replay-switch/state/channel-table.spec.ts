import {
  channelSnapshots,
  groundTruth,
  listCaptures,
  openCapture,
} from '../../captured-calls/capture-library';
import { eventMicroseconds, type CapturedLine } from '../../captured-calls/captured-event';
import { CHANNEL_COLUMNS, ChannelTable } from './channel-table';

/** Changed by CODEC events, which nobody had subscribed when the calls were captured. */
const NOT_TOLD = ['read_codec', 'read_bit_rate'];

/** What had happened when the switch was asked: by its own times, and after a crash nothing of before it. */
function tableAt(timeline: readonly CapturedLine[], startedAt: number, askedAt: number): ChannelTable {
  let table = new ChannelTable();
  for (const line of timeline) {
    if (line.kind === 'event') {
      if (eventMicroseconds(line.record) / 1000 <= askedAt) table.apply(line.record);
    } else if (line.marker === 'connection-lost' && startedAt + line.receivedAtMs < askedAt) {
      table = new ChannelTable();
    }
  }
  return table;
}

function told(row: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(row).filter(([column]) => !NOT_TOLD.includes(column)));
}

const asked = listCaptures().flatMap((name) =>
  channelSnapshots(name).map((snapshot) => ({ name, snapshot })),
);

describe('the channel table', () => {
  it('was asked for in many calls', () => {
    expect(asked.length).toBeGreaterThan(20);
  });

  it.each(asked)('is that of the real switch: $name, $snapshot.label', async ({ name, snapshot }) => {
    const { timeline } = await openCapture(name);
    const table = tableAt(timeline, groundTruth(name).captureStartedAtEpochMs, snapshot.at_epoch_ms);
    const { rows = [], row_count: count } = snapshot.reply;
    expect(table.rows()).toHaveLength(count);
    expect(table.rows().map(told)).toEqual(rows.map(told));
    rows.forEach((row) => expect(Object.keys(row)).toEqual(CHANNEL_COLUMNS));
  });
});
