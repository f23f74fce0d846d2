import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { captureFolder, openCapture, protocolSamples } from '../../captured-calls/capture-library';
import { eventFrame } from './encode-event';

/** Calls of which the bytes of the real connection were kept: UTF-8 and line ends in a name, a BACKGROUND_JOB. */
const RAW = ['inbound-answered-caller-hangs-up', 'caller-name-injection', 'click-to-call-answered'];

function rawBytes(name: string, format: 'json' | 'plain'): string {
  return gunzipSync(readFileSync(join(captureFolder(name), `${format}.raw.gz`))).toString('utf8');
}

describe('event frames', () => {
  it.each(RAW.flatMap((name) => [[name, 'json'] as const, [name, 'plain'] as const]))(
    'of %s in %s are those of the real switch, byte for byte',
    async (name, format) => {
      const { events } = await openCapture(name);
      const frames = events.map((event) => eventFrame(event, format));
      const text = frames.map(({ head, body }) => head + body).join('');
      const raw = rawBytes(name, format);
      expect(raw.slice(raw.indexOf('Content-Length'))).toBe(text);
    },
  );

  it('in xml are as the one that was captured', () => {
    const sample = protocolSamples().find(({ name }) => name === 'xml heartbeat, one');
    const received = sample?.exchange.at(-1)?.received ?? '';
    const xml = received.slice(
      received.indexOf('<event>'),
      received.indexOf('</event>') + '</event>\n'.length,
    );
    const headers = [...xml.matchAll(/<([^<>/]+)>([^<]*)<\/\1>/g)].map(([, name = '', value = '']) => [
      name,
      decodeURIComponent(value),
    ]);
    expect(headers).toHaveLength(27);
    const { head, body } = eventFrame(
      { record: Object.fromEntries(headers) as Record<string, string>, doubledKeys: [] },
      'xml',
    );
    expect(body).toBe(xml);
    expect(head).toBe('Content-Length: 1543\nContent-Type: text/event-xml\n\n');
  });

  it('leave an encoded byte in plain as it is, as switch_url_encode does', () => {
    const { body } = eventFrame({ record: { agent: 'Phone 100%D0 50% ok' }, doubledKeys: [] }, 'plain');
    expect(body).toBe('agent: Phone%20100%D0%2050%25%20ok\n\n');
  });
});
