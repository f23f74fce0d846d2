import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { MalformedEventError } from './errors';
import { eventFromRecord } from './record-event';
import { capturedBodies } from './testing/frames';

describe('eventFromRecord', () => {
  it('gives a recorded line back as the event that was recorded, without the recorder’s own keys', () => {
    const file = join(__dirname, 'testing/fixtures/inbound-answered-caller-hangs-up.events.jsonl.gz');
    const lines = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n');
    const replayed = lines.map((line) =>
      eventFromRecord(JSON.parse(line) as Record<string, unknown>).toRecord(),
    );
    const live = capturedBodies('inbound-answered-caller-hangs-up', 'json').map(
      (body) => JSON.parse(body.toString('utf8')) as unknown,
    );

    expect(lines[0]).toContain('_received_at');
    expect(replayed).toEqual(live);
  });

  it('keeps the body and leaves out what is neither text nor a list of texts', () => {
    const event = eventFromRecord({
      'Event-Name': 'BACKGROUND_JOB',
      _body: '+OK\n',
      odd: 5,
      list: ['a'],
      mixed: ['a', 1],
    });

    expect(event.toRecord()).toEqual({ 'Event-Name': 'BACKGROUND_JOB', _body: '+OK\n', list: ['a'] });
    expect(event.body).toBe('+OK\n');
  });

  it('knows no headers but its own', () => {
    expect(eventFromRecord({ 'Event-Name': 'HEARTBEAT' }).get('toString')).toBeUndefined();
  });

  it('refuses a line that is no event', () => {
    expect(() => eventFromRecord({ _marker: 'call ended' })).toThrow(MalformedEventError);
  });
});
