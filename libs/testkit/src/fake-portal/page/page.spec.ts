import { runInNewContext } from 'node:vm';
import { FINISH, KNOWN, filed, portalUnderTest, registered } from '../testing/ask';
import { ListeningApp } from '../testing/listening-app';
import { PAGE } from './page';

const get = async (portal: ReturnType<typeof portalUnderTest>['portal'], path: string) =>
  portal.handle({ method: 'GET', path, headers: {} });

describe('the page', () => {
  it('is at / and short', async () => {
    const { portal } = portalUnderTest();
    const reply = await get(portal, '/');
    expect(reply).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } });
    expect(PAGE.split('\n').length).toBeLessThan(120);
  });

  it('puts nothing on the screen as markup', () => {
    expect(PAGE).not.toMatch(/innerHTML|outerHTML|insertAdjacent|document\.write/);
  });

  it('shows cards and filed calls, and hostile names as text', async () => {
    const { ask, portal } = portalUnderTest();
    portal.company.crm[0]!.name = '<img src=x onerror=alert(1)>';
    await filed(ask, { PHONE_NUMBER: KNOWN });
    await registered(ask, { PHONE_NUMBER: KNOWN, USER_ID: 3 });
    const screen = await runPage((await get(portal, '/state')).body);
    expect(screen.users).toContain('1003 Clara Jensen');
    expect(screen.users).toContain('442079460101<img src=x onerror=alert(1)> (CONTACT 101)');
    expect(screen.filed).toContain('442079460101<img src=x onerror=alert(1)> (CONTACT 101)Anna Petrova5200');
    expect(screen.summary).toBe('1 filed, 3 requests, 0 complaints');
  });

  it('shows the timeline of each client with calls, the requests and the events', async () => {
    const listener = new ListeningApp();
    const { ask, portal } = portalUnderTest({ deliver: listener.fetch });
    await ask('event.bind', { event: 'ONAPPTEST', handler: 'https://connector.example/events' });
    await filed(ask, { PHONE_NUMBER: KNOWN });
    await ask('batch', { cmd: { a: 'server.time' } });
    portal.inject({ kind: 'rate-limited' });
    await ask('event.test');
    await ask('event.test', {}, portal.issueToken({ appId: '3' }));
    await portal.post.settled();
    const screen = await runPage((await get(portal, '/state')).body);
    expect(screen.clients).toMatch(/^Oliver Brown \+442079460101.*Anna Petrova5200$/);
    expect(screen.log).toContain('batch: server.timeok');
    expect(screen.log).toContain('event.test503rate-limited');
    expect(screen.events).toBe('07:00:00ONAPPTESThttps://connector.example/eventsdelivered');
  });

  it('is not anywhere else', async () => {
    const { portal } = portalUnderTest();
    expect((await get(portal, '/admin')).status).toBe(404);
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

/** As much of a document as the page needs: children are nodes or text, and markup in a text stays text. */
class StubNode {
  children: unknown[] = [];
  textContent = '';
  append = (...children: unknown[]) => void this.children.push(...children);
  replaceChildren = (...children: unknown[]) => void (this.children = children);
  get text(): string {
    return this.children.map((child) => (child instanceof StubNode ? child.text : String(child))).join('');
  }
}

/** Runs the page's script once over a state and gives what is on the screen. */
async function runPage(state: string) {
  const nodes = new Map<string, StubNode>();
  const nodeAt = (id: string) => {
    const node = nodes.get(id) ?? new StubNode();
    nodes.set(id, node);
    return node;
  };
  const script = /<script>([\s\S]*)<\/script>/.exec(PAGE)?.[1] ?? '';
  await new Promise<void>((refreshed) => {
    runInNewContext(script, {
      Node: StubNode,
      document: {
        getElementById: nodeAt,
        createElement: () => new StubNode(),
      },
      fetch: () => Promise.resolve(new Response(state)),
      setTimeout: () => refreshed(),
    });
  });
  return {
    users: nodeAt('users').text,
    filed: nodeAt('filed').text,
    clients: nodeAt('clients').text,
    log: nodeAt('log').text,
    events: nodeAt('events').text,
    summary: nodeAt('summary').textContent,
  };
}
