import { createHash } from 'node:crypto';
import { createContext, runInContext } from 'node:vm';
import { ATTACH, FINISH, KNOWN, STRANGER, filed, portalUnderTest, registered } from '../testing/ask';
import { ListeningApp } from '../testing/listening-app';
import { html } from './html';
import { SCRIPT } from './script';

type Portal = ReturnType<typeof portalUnderTest>['portal'];

const get = async (portal: Portal, path: string, headers: Record<string, string> = {}) =>
  portal.handle({ method: 'GET', path, headers });

/** What is on the page, without its markup. */
async function pageText(portal: Portal, id?: string): Promise<string> {
  const { body } = await get(portal, '/');
  const part = id === undefined ? body : body.slice(body.indexOf(`id="${id}"`));
  return part
    .replace(/<(script|style)>[^]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
}

describe('markup', () => {
  it('has what is put into it as text, and what was built so as markup', () => {
    const name = `"><img src=x onerror='alert(1)'>`;
    expect(html`<b title="${name}">${[html`<i>${name}</i>`, 7, false, null]}</b>`.text).toBe(
      '<b title="&quot;&gt;&lt;img src=x onerror=&#39;alert(1)&#39;&gt;">' +
        '<i>&quot;&gt;&lt;img src=x onerror=&#39;alert(1)&#39;&gt;</i>7</b>',
    );
  });
});

describe('the page', () => {
  it('is at /, and runs nothing but its own script and style', async () => {
    const { portal } = portalUnderTest();
    const { status, headers, body } = await get(portal, '/');
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    const hashOf = (tag: string) => {
      const text = new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(body)?.[1] ?? '';
      return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    };
    expect(headers['content-security-policy']).toContain(
      `default-src 'none'; script-src ${hashOf('script')}; style-src ${hashOf('style')};`,
    );
  });

  it('shows the screen of each employee with the cards on it', async () => {
    const { ask, clock, portal } = portalUnderTest();
    await registered(ask, { PHONE_NUMBER: KNOWN, USER_ID: 3, LINE_NUMBER: 'line-1' });
    clock.advance(65_000);
    expect(await pageText(portal, 'user-3')).toMatch(
      /CJ Clara Jensen 1003 · id 3 ↙ \+442079460101 1:05 Oliver Brown \(CONTACT 101\) incoming · by register · line-1/,
    );
    expect(await pageText(portal, 'user-17')).toMatch(/Rosa Garcia 1017 · id 17 dismissed/);
  });

  it('shows hostile names of callers and clients as text', async () => {
    const { ask, portal } = portalUnderTest();
    portal.company.crm[0]!.name = '<img src=x onerror=alert(1)>';
    const hostile = { FAILED_REASON: '"><script>alert(2)</script>' };
    await filed(ask, { PHONE_NUMBER: KNOWN, EXTERNAL_CALL_ID: '<svg onload=alert(3)>' }, hostile);
    await registered(ask, { PHONE_NUMBER: KNOWN, USER_ID: 3, LINE_NUMBER: '</select><b>' });
    const { body } = await get(portal, '/');
    expect(body).not.toMatch(/<img|<svg onload|<script>alert|<\/select><b>/);
    expect(body).toContain('&lt;img src=x onerror=alert(1)&gt; (CONTACT 101)');
    expect(body).toContain('&quot;&gt;&lt;script&gt;alert(2)');
  });

  it('shows the timeline of each client with outcome, talk, employee and recording', async () => {
    const { ask, portal } = portalUnderTest();
    const CALL_ID = await filed(ask, { PHONE_NUMBER: KNOWN }, { DURATION: 754 });
    await ask(ATTACH, { CALL_ID, FILENAME: 'talk "1".mp3', FILE_CONTENT: 'QUJD' });
    await ask('telephony.call.attachTranscription', {
      CALL_ID,
      MESSAGES: [{ SIDE: 'Client', START_TIME: 3, STOP_TIME: 5, MESSAGE: 'Hello?' }],
    });
    const missed = await registered(ask, { PHONE_NUMBER: STRANGER });
    await ask(FINISH, { CALL_ID: missed, USER_ID: 2, FAILED_REASON: 'NO_ANSWER' });
    expect(await pageText(portal, 'client-CONTACT-101')).toMatch(
      /Oliver Brown contact 101 \+442079460101 · responsible Clara Jensen 07:00:00 ↙ answered Anna Petrova 12:34/,
    );
    expect(await pageText(portal, 'client-CONTACT-101')).toContain('0:03 Client Hello?');
    expect(await pageText(portal, 'strangers')).toMatch(
      /missed Boris Volkov – \+442079460999 · REST_APP: · NO_ANSWER/,
    );
    const { body } = await get(portal, '/');
    expect(body).toContain('<audio controls preload="none" src="/disk/downloadFile/9001/">');
    expect(body).toMatch(/<a href="\/disk\/downloadFile\/9001\/" download="talk &quot;1&quot;.mp3"/);
  });

  it('shows requests with their answers, and no token', async () => {
    const { ask, portal } = portalUnderTest();
    await ask('batch', { cmd: { a: `server.time?auth=${portal.accessToken}` } });
    portal.inject({ kind: 'rate-limited' });
    await ask('event.test', { question: 'who?' });
    portal.inject({ kind: 'execute-then-server-error' });
    await ask('server.time');
    const log = await pageText(portal, 'log');
    expect(log).toContain('batch {&quot;cmd&quot;');
    expect(log).toMatch(/a: server.time .*? ok/);
    expect(log).toContain('event.test {&quot;question&quot;:&quot;who?&quot;}');
    expect(log).toContain('503 rate-limited 0');
    expect(log).toContain('500 execute-then-server-error answer lost 0');
    expect((await get(portal, '/')).body).not.toContain(portal.accessToken);
  });

  it('shows events, limits and complaints', async () => {
    const listener = new ListeningApp();
    const { ask, portal } = portalUnderTest({ deliver: listener.fetch });
    await ask('event.bind', { event: 'ONAPPTEST', handler: 'https://connector.example/events' });
    await ask('event.test');
    await ask(FINISH, { CALL_ID: 'nobody', USER_ID: 1 });
    await portal.post.settled();
    expect(await pageText(portal, 'events')).toContain(
      '07:00:00 ONAPPTEST https://connector.example/events delivered 200',
    );
    expect(await pageText(portal, 'limits')).toContain('local 3.0 of 50, drains 2/s');
    expect(await pageText(portal, 'complaints')).toContain('finish-of-unknown-call nobody');
  });

  it('leads to the other portals behind the same OAuth server', async () => {
    const { portal } = portalUnderTest({ origin: 'https://acme.example' });
    portalUnderTest({ origin: 'https://beta.example', oauth: portal.oauth });
    expect((await get(portal, '/')).body).toContain('<a href="https://beta.example/">beta.example</a>');
  });

  it('is not anywhere else', async () => {
    const { portal } = portalUnderTest();
    expect((await get(portal, '/admin')).status).toBe(404);
  });
});

describe('the script of the page', () => {
  /** Sends the form of the box once, to a portal that answers so, and gives what it says. */
  async function submitted(answer: () => Promise<Response>): Promise<{ said: string; sent: unknown[] }> {
    const output = { textContent: '' };
    const sent: unknown[] = [];
    let submit: (event: object) => Promise<void> = () => Promise.resolve();
    const form = {
      userId: { value: '4' },
      phoneNumber: { value: KNOWN },
      querySelector: () => output,
      addEventListener: (_name: string, listener: typeof submit) => (submit = listener),
    };
    const page = createContext({
      document: { getElementById: () => form, querySelectorAll: () => [] },
      setTimeout: () => 0,
      fetch: (path: string, { body }: { body: string }) => {
        sent.push(path, JSON.parse(body));
        return answer();
      },
    });
    runInContext(SCRIPT, page);
    await submit({ preventDefault: () => undefined });
    return { said: output.textContent, sent };
  }

  it('clicks a number as an employee, and says what came of it', async () => {
    const { said, sent } = await submitted(() =>
      Promise.resolve(Response.json({ result: { callId: 'externalCall.1' } })),
    );
    expect(sent).toEqual(['control/click', { userId: 4, phoneNumber: KNOWN }]);
    expect(said).toBe('Registered as externalCall.1');
  });

  it.each([
    ['No application is chosen', () => Promise.resolve(Response.json({ result: { callId: null } }))],
    ['no user has the id', () => Promise.resolve(Response.json({ error: 'no user has the id 4' }))],
    ['The portal does not answer', () => Promise.reject(new TypeError('fetch failed'))],
  ])('says it if not: %s', async (sentence, answer) => {
    expect((await submitted(answer)).said).toContain(sentence);
  });
});

describe('a recording', () => {
  const BYTES = Buffer.from('RIFF0123456789');

  async function withRecording(fileName = 'a.wav') {
    const { ask, portal } = portalUnderTest();
    const CALL_ID = await filed(ask);
    await ask(ATTACH, { CALL_ID, FILENAME: fileName, FILE_CONTENT: BYTES.toString('base64') });
    return portal;
  }

  it('is where CALL_RECORD_URL leads, and sent as sound whatever it is', async () => {
    const portal = await withRecording();
    const address = [...portal.state.statistics.values()][0]?.CALL_RECORD_URL ?? '';
    const { status, headers, bytes } = await get(portal, address);
    expect([status, Buffer.from(bytes ?? [])]).toEqual([200, BYTES]);
    expect(headers).toMatchObject({ 'content-type': 'audio/wav', 'x-content-type-options': 'nosniff' });
  });

  it.each([
    ['bytes=0-3', 206, 'RIFF', 'bytes 0-3/14'],
    ['bytes=10-', 206, '6789', 'bytes 10-13/14'],
    ['bytes=-2', 206, '89', 'bytes 12-13/14'],
    ['bytes=5-99', 206, '123456789', 'bytes 5-13/14'],
    ['bytes=99-', 416, '', 'bytes */14'],
    ['lines=1-2', 200, BYTES.toString(), undefined],
  ])('in part: %s is HTTP %d', async (range, status, text, contentRange) => {
    const reply = await get(await withRecording(), '/disk/downloadFile/9001/', { range });
    expect(reply.status).toBe(status);
    expect(Buffer.from(reply.bytes ?? []).toString()).toBe(text);
    expect(reply.headers['content-range']).toBe(contentRange);
  });

  it('that is not there is 404', async () => {
    const portal = await withRecording();
    expect((await get(portal, '/disk/downloadFile/9002/')).status).toBe(404);
    expect((await get(portal, '/disk/downloadFile/../state/')).status).toBe(404);
  });
});

describe('the state', () => {
  it('has the open cards, the filed calls and no token', async () => {
    const { ask, portal } = portalUnderTest();
    const CALL_ID = await registered(ask, { PHONE_NUMBER: KNOWN, USER_ID: 3 });
    const open = (await get(portal, '/state')).body;
    expect(JSON.parse(open)).toMatchObject({
      users: expect.arrayContaining([
        expect.objectContaining({
          id: 3,
          extension: '1003',
          cards: [
            expect.objectContaining({
              callId: CALL_ID,
              direction: 'incoming',
              client: 'Oliver Brown (CONTACT 101)',
            }),
          ],
        }),
      ]) as unknown,
      filed: [],
    });
    await ask(FINISH, { CALL_ID, USER_ID: 3, DURATION: 5 });
    const closed = (await get(portal, '/state')).body;
    expect(JSON.parse(closed)).toMatchObject({
      requests: 2,
      violations: 0,
      filed: [{ callId: CALL_ID, user: 'Clara Jensen', seconds: 5, statusCode: '200', recording: null }],
    });
    expect(closed).not.toContain(portal.accessToken);
  });
});
