import { ATTACH, KNOWN, STATISTICS, filed, portalUnderTest, registered } from '../testing/ask';
import type { FakePortal } from '../fake-portal';

const CONTENT = Buffer.from('RIFF').toString('base64');
const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString();
const recordingOf = (portal: FakePortal, callId: string) => portal.state.recordings.get(callId);

describe('attachRecord refuses', () => {
  it('a call that is not finished yet', async () => {
    const { ask } = portalUnderTest();
    const CALL_ID = await registered(ask);
    expect(
      (await ask(ATTACH, { CALL_ID, FILENAME: 'a.wav', FILE_CONTENT: CONTENT })).body.error_description,
    ).toBe('Call is not found in the statistic table. It looks like it is not finished yet.');
  });

  it.each([
    ['Required parameters are not set. Request should contain either URL or FILENAME parameter', {}],
    ['File name is empty', { FILENAME: '' }],
    ['Wrong file extension. Only wav and mp3 are allowed', { FILENAME: 'a.ogg', FILE_CONTENT: CONTENT }],
    ['Wrong file extension. Only wav and mp3 are allowed', { RECORD_URL: 'https://pbx.example/a.php' }],
    ['File content is empty.', { FILENAME: 'a.wav', FILE_CONTENT: '' }],
    [
      'File content is not properly encoded. Base64 encoding is expected.',
      { FILENAME: 'a.wav', FILE_CONTENT: `data:audio/wav;base64,${CONTENT}` },
    ],
    [
      'File content is not properly encoded. Base64 encoding is expected.',
      { FILENAME: 'a.wav', FILE_CONTENT: 'abc' },
    ],
  ])('%s', async (description, params) => {
    const { ask } = portalUnderTest();
    const CALL_ID = await filed(ask);
    expect(await ask(ATTACH, { CALL_ID, ...params })).toEqual({
      status: 400,
      body: { error: 'ERROR_CORE', error_description: description },
    });
  });
});

describe('attachRecord with content', () => {
  it('stores the file at the statistics row and at the activity', async () => {
    const { ask, portal } = portalUnderTest();
    const CALL_ID = await filed(ask, { PHONE_NUMBER: KNOWN });
    expect((await ask(ATTACH, { CALL_ID, FILENAME: 'a.MP3', FILE_CONTENT: CONTENT })).body.result).toEqual({
      FILE_ID: 9001,
    });
    expect(text(recordingOf(portal, CALL_ID)?.bytes)).toBe('RIFF');
    expect([...portal.state.activities.values()]).toMatchObject([{ callId: CALL_ID, fileId: 9001 }]);
    const { result } = (await ask(STATISTICS, { FILTER: { CALL_ID } })).body;
    expect(result).toMatchObject([{ RECORD_FILE_ID: 9001 }]);
  });

  it('replaces the previous recording', async () => {
    const { ask, portal } = portalUnderTest();
    const CALL_ID = await filed(ask);
    await ask(ATTACH, { CALL_ID, FILENAME: 'a.wav', FILE_CONTENT: CONTENT });
    await ask(ATTACH, { CALL_ID, FILENAME: 'b.wav', FILE_CONTENT: Buffer.from('new').toString('base64') });
    expect(portal.state.recordings.size).toBe(1);
    expect(recordingOf(portal, CALL_ID)).toMatchObject({ fileId: 9002, fileName: 'b.wav' });
  });

  it('leaves its length in the log, not the file', async () => {
    const { ask, portal } = portalUnderTest();
    const CALL_ID = await filed(ask);
    await ask(ATTACH, { CALL_ID, FILENAME: 'a.wav', FILE_CONTENT: CONTENT });
    expect(portal.requestsTo(ATTACH)).toMatchObject([{ params: { FILE_CONTENT: '[8 characters]' } }]);
  });
});

describe('attachRecord with RECORD_URL', () => {
  const url = 'https://pbx.example/records/talk%201.mp3?x=1';

  it('fetches the file once, inside the request, and names it after the address', async () => {
    const download = jest.fn().mockImplementation(() => Promise.resolve(new Response('ID3')));
    const { ask, portal } = portalUnderTest({ download });
    const CALL_ID = await filed(ask);
    await ask(ATTACH, { CALL_ID, RECORD_URL: url });
    expect(download).toHaveBeenCalledTimes(1);
    expect(recordingOf(portal, CALL_ID)).toMatchObject({ fileName: 'talk 1.mp3' });
  });

  it('says which HTTP status the fetch got', async () => {
    const { ask } = portalUnderTest({ download: () => Promise.resolve(new Response('', { status: 404 })) });
    const CALL_ID = await filed(ask);
    expect((await ask(ATTACH, { CALL_ID, RECORD_URL: url, FILENAME: 'a.mp3' })).body.error_description).toBe(
      'Server returns HTTP error code 404',
    );
  });
});

describe('attachRecord with FILENAME alone', () => {
  const multipart = (field: string, fileName: string | undefined, data: string) => {
    const name = fileName === undefined ? '' : `; filename="${fileName}"`;
    return `--XX\r\nContent-Disposition: form-data; name="${field}"${name}\r\n\r\n${data}\r\n--XX--\r\n`;
  };
  const headers = { 'content-type': 'multipart/form-data; boundary=XX' };

  async function addressOf(change: (path: string) => string = (path) => path) {
    const { ask, portal } = portalUnderTest();
    const CALL_ID = await filed(ask);
    const { result } = (await ask(ATTACH, { CALL_ID, FILENAME: 'a.wav' })).body;
    const { uploadUrl, fieldName } = result as { uploadUrl: string; fieldName: string };
    const path = change(uploadUrl.replace('https://company.example', ''));
    const upload = async (body: string) => {
      const reply = await portal.handle({ method: 'POST', path, headers, body });
      return { status: reply.status, body: JSON.parse(reply.body) as unknown };
    };
    return { portal, CALL_ID, uploadUrl, fieldName, upload };
  }

  it('answers with an upload address on the portal and the field `file`', async () => {
    const { portal, uploadUrl, fieldName } = await addressOf();
    const start = `https://company.example/rest/upload.json?auth=${portal.accessToken}&token=telephony|`;
    expect(uploadUrl.startsWith(start)).toBe(true);
    expect(fieldName).toBe('file');
  });

  it('takes the file there, line breaks and all', async () => {
    const { portal, CALL_ID, upload } = await addressOf();
    expect(await upload(multipart('file', 'x.wav', 'RI\r\nFF\r\n'))).toMatchObject({
      status: 200,
      body: { result: { FILE_ID: 9001 } },
    });
    expect(text(recordingOf(portal, CALL_ID)?.bytes)).toBe('RI\r\nFF\r\n');
    expect(portal.requestsTo('upload')).toMatchObject([{ ok: true, params: {} }]);
  });

  it.each([
    ['another field', multipart('record', 'x.wav', 'RIFF')],
    ['a field that is no file', multipart('file', undefined, 'RIFF')],
    ['no multipart at all', 'RIFF'],
  ])('refuses %s', async (_what, body) => {
    const { upload, portal } = await addressOf();
    expect(await upload(body)).toMatchObject({
      status: 400,
      body: { error: 'ERROR_ARGUMENT', argument: 'file' },
    });
    expect(portal.state.recordings.size).toBe(0);
  });

  it('refuses an address that was changed', async () => {
    const wrongToken = await addressOf((path) => `${path}x`);
    expect((await wrongToken.upload(multipart('file', 'x.wav', 'RIFF'))).status).toBe(403);
    const wrongAuth = await addressOf((path) => path.replace('auth=', 'auth=x'));
    expect((await wrongAuth.upload(multipart('file', 'x.wav', 'RIFF'))).status).toBe(401);
  });
});
