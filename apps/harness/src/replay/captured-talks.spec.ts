import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openCapture } from '@app/testkit';
import { compactRequest } from './compact-request';
import { replayCalls } from './replay-calls';

/**
 * Captured calls in which the client was handed on, or might seem so, filed with a portal call for each person's talk
 * (`calls.transfers` = `call-per-talk`), against the reviewed file beside this one (`UPDATE_GOLDEN=1` writes it anew).
 */
const GOLDEN_FILE = join(__dirname, 'captured-talks.golden.json');
const golden = JSON.parse(readFileSync(GOLDEN_FILE, 'utf8')) as Record<string, string[]>;
jest.setTimeout(60_000);

const SITUATIONS = [
  'blind-transfer-by-refer',
  'blind-transfer-by-refer-wrong-context',
  'blind-transfer-by-uuid_transfer',
  'attended-transfer-att_xfer',
  'attended-transfer-by-refer-replaces',
  'call-pickup-intercept',
  'park-and-retrieve',
  'hold-unhold',
  'forward-302-moved-temporarily',
  'forward-to-mobile-when-unregistered',
  'loopback-leg-in-group',
  'three-way-conference',
];

describe.each(SITUATIONS)('%s, a call for each talk', (name) => {
  it('asks the portal for the right things, in order', async () => {
    const { calls, anomalies } = await replayCalls(await openCapture(name), { transfers: 'call-per-talk' });
    const requests = calls.flatMap((call) => call.portal.map(compactRequest));
    if (process.env.UPDATE_GOLDEN) golden[name] = requests;
    expect(requests).toEqual(golden[name]);
    expect(anomalies).toEqual([]);
  });
});

afterAll(() => {
  if (process.env.UPDATE_GOLDEN) writeFileSync(GOLDEN_FILE, `${JSON.stringify(golden, undefined, 2)}\n`);
});
