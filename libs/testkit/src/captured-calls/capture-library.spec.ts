import {
  captureFolder,
  channelSnapshots,
  groundTruth,
  listCaptures,
  openCapture,
  protocolSamples,
} from './capture-library';
import { headerText } from './captured-event';

describe('the captured calls of the testkit', () => {
  it.each(listCaptures())('%s: every event that was counted is there', async (name) => {
    const { events } = await openCapture(name);
    const counted: Record<string, number> = {};
    for (const { record } of events) {
      const kind = `${headerText(record, 'Event-Name')} ${headerText(record, 'Event-Subclass')}`.trim();
      counted[kind] = (counted[kind] ?? 0) + 1;
    }
    expect(counted).toEqual(groundTruth(name).eventCounts);
  });

  it('knows what happened', () => {
    expect(groundTruth('simultaneous-ring-second-answers').expected).toMatchObject({
      direction: 'inbound',
      answeredByExtension: '1002',
      outcome: 'answered',
    });
  });

  it('has the answers of a real switch beside the events', () => {
    expect(channelSnapshots('attended-transfer-att_xfer').map(({ label }) => label)).toEqual([
      'consultation',
      'after the transfer',
    ]);
    expect(channelSnapshots('inbound-busy-486')).toEqual([]);
    expect(protocolSamples().map(({ name }) => name)).toContain('wrong password');
  });

  it('refuses a name it does not have, also one that climbs out of the folder', () => {
    expect(() => groundTruth('no-such-call')).toThrow('no capture is called "no-such-call"');
    expect(() => captureFolder('../src')).toThrow('no capture is called "../src"');
  });
});
