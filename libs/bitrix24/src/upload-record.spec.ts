import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PortalClient } from './client';
import type { PortalExchange } from './portal-exchange';
import { openRecordFile } from './record-file';
import { Secret } from './secret';
import { ScriptedServer } from './testing/scripted-server';

const MEGABYTE = 1_000_000;
let server: ScriptedServer;
let folder: string;
let exchanges: PortalExchange[];

beforeEach(async () => {
  server = await new ScriptedServer().start();
  folder = await mkdtemp(join(tmpdir(), 'upload-'));
  exchanges = [];
});
afterEach(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

const client = () =>
  new PortalClient({
    userAgent: 'c/1',
    timeoutMs: 20_000,
    onExchange: (exchange) => exchanges.push(exchange),
  });
const portal = () => ({ endpoint: `${server.origin}/rest/`, accessToken: new Secret('abc123') });
const target = (origin = server.origin) => ({
  uploadUrl: `${origin}/rest/upload.json?auth=abc123&token=telephony|xyz`,
  fieldName: 'file',
});
const talk = { content: new Blob(['RIFF....']), fileName: 'talk.wav' };

describe('the upload of a recording', () => {
  it('is one multipart POST to the address as it was given', async () => {
    server.answer(200, { result: { FILE_ID: '9079' } });
    await expect(client().uploadRecord(portal(), target(), talk)).resolves.toEqual({ fileId: 9079 });
    expect(server.requests[0]?.url).toBe('/rest/upload.json?auth=abc123&token=telephony|xyz');
    expect(server.requests[0]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(server.bodies[0]).toContain('name="file"; filename="talk.wav"');
    expect(server.bodies[0]).toContain('RIFF....');
  });

  it.each(['', 'ok', '{}', '{"result":true}'])('takes whatever comes with HTTP 200: %p', async (body) => {
    server.answer(200, body);
    await expect(client().uploadRecord(portal(), target(), talk)).resolves.toEqual({ fileId: undefined });
  });

  it.each([
    ['another host', () => 'https://evil.example'],
    ['another port', () => 'http://127.0.0.1:1'],
    ['another scheme', () => server.origin.replace('http:', 'https:')],
    ['the portal as a user name', () => server.origin.replace('http://', 'http://company@')],
    ['no address at all', () => 'evil'],
  ])('refuses an address with %s before anything leaves', async (_what, origin) => {
    const attempt = client().uploadRecord(portal(), target(origin()), talk);
    await expect(attempt).rejects.toMatchObject({ kind: 'bad-address', verdict: 'ask-a-person' });
    expect(server.requests).toHaveLength(0);
  });

  it('does not follow a redirect', async () => {
    server.answer(307, '', { location: 'https://evil.example/' });
    const attempt = client().uploadRecord(portal(), target(), talk);
    await expect(attempt).rejects.toMatchObject({ kind: 'redirected', verdict: 'ask-a-person' });
  });

  it('is repeated when its end is unknown: the newer recording replaces the older', async () => {
    server.script = (request) => request.socket.destroy();
    await expect(client().uploadRecord(portal(), target(), talk)).rejects.toMatchObject({ verdict: 'retry' });
  });

  it('has not arrived when a page comes back, whatever its status', async () => {
    server.answer(200, '<html>Please log in</html>');
    await expect(client().uploadRecord(portal(), target(), talk)).rejects.toMatchObject({
      kind: 'unreadable-answer',
      verdict: 'retry',
    });
  });

  it.each([
    [401, { error: 'expired_token', error_description: 'The access token provided has expired' }],
    [403, { error: 'INVALID_CREDENTIALS', error_description: 'Invalid request credentials' }],
    [404, '<html>Not found</html>'],
  ])('needs a new address when this one is refused with HTTP %d', async (status, body) => {
    server.answer(status, body);
    const attempt = client().uploadRecord(portal(), target(), talk);
    await expect(attempt).rejects.toMatchObject({ kind: 'upload-refused', verdict: 'retry' });
  });

  it('leaves size and name in the ledger, and no token', async () => {
    server.answer(200, { result: { FILE_ID: 1 } });
    await client().uploadRecord(portal(), target(), talk);
    expect(exchanges[0]).toMatchObject({
      method: 'upload',
      params: { fieldName: 'file', fileName: 'talk.wav', bytes: 8 },
    });
    expect(JSON.stringify(exchanges)).not.toMatch(/abc123|xyz/);
  });
});

describe('a recording on disk', () => {
  it('is sent under its own name', async () => {
    await writeFile(join(folder, 'talk.mp3'), 'ID3');
    const file = await openRecordFile(join(folder, 'talk.mp3'));
    expect(file).toMatchObject({ fileName: 'talk.mp3', content: { size: 3, type: 'audio/mpeg' } });
  });

  it('is an error if it is not there', async () => {
    await expect(openRecordFile(join(folder, 'no.wav'))).rejects.toThrow();
  });

  it('is never in memory as a whole', async () => {
    const path = join(folder, 'long.wav');
    await writeFile(path, '');
    await truncate(path, 200 * MEGABYTE);
    const before = process.memoryUsage().arrayBuffers;
    const received = { bytes: 0, peak: 0 };
    server.onChunk = (chunk) => {
      received.bytes += chunk.length;
      received.peak = Math.max(received.peak, process.memoryUsage().arrayBuffers - before);
    };
    server.answer(200, { result: {} });
    await client().uploadRecord(portal(), target(), await openRecordFile(path));
    expect(received.bytes).toBeGreaterThan(200 * MEGABYTE);
    expect(received.peak).toBeLessThan(100 * MEGABYTE);
  }, 60_000);
});
