import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { hunt, loadSwitchConfig } from './index';
import { SAMPLE_CALLS } from './testing/sample-calls';
import { ToldCall } from './testing/told-call';

const CONF = resolve(__dirname, '../../../../../freeswitch/conf');
const SECRETS = {
  CONNECTOR_ESL_PASSWORD: 'admin-secret',
  CONNECTOR_ESL_USER_PASSWORD: 'user-secret',
  CONNECTOR_SIP_PASSWORD: 'phone-secret',
  CONNECTOR_TRUNK_PASSWORD: 'trunk-secret',
  CONNECTOR_CDR_CREDENTIALS: 'cdr:secret',
};
const shipped = loadSwitchConfig(CONF, SECRETS);

type Told = readonly [destination: string, variables?: Readonly<Record<string, string>>, at?: string];

function ask(context: string, [destination, variables, at]: Told) {
  const call = new ToldCall(shipped, {
    destination,
    variables,
    ...(at !== undefined && { at: new Date(at) }),
  });
  const found = hunt(shipped, context, call);
  const told = found?.actions.map(({ application, data }) => `${application} ${data}`) ?? [];
  return { call, told, extensions: found?.actions.map(({ extension }) => extension) ?? [] };
}

describe('the configuration that we ship', () => {
  it('has no file that nothing includes', () => {
    const files = readdirSync(CONF, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(CONF, join(entry.parentPath, entry.name)));
    expect([...shipped.files].sort()).toEqual(files.sort());
  });

  it('reaches every extension by some call', () => {
    for (const [name, context] of shipped.contexts) {
      const samples = SAMPLE_CALLS.filter((sample) => sample.context === name);
      const reached = samples.flatMap(({ destination, variables, at }) => {
        const { call, extensions } = ask(name, [destination, variables, at]);
        return [...extensions, ...(call.inline.length > 0 ? ['(inline)'] : [])];
      });
      const wanted = context.extensions.map((extension) =>
        extension.conditions.every(({ actions }) => actions.every(({ inline }) => inline))
          ? '(inline)'
          : extension.name,
      );
      expect({ name, reached: wanted.filter((one) => !reached.includes(one)) }).toEqual({
        name,
        reached: [],
      });
    }
  });

  it('sends each of the example numbers where the comment says', () => {
    const target = (told: Told) => ask('public', told).told.find((action) => action.startsWith('transfer'));
    expect(target(['74951234567'])).toBe('transfer 1001 XML default');
    expect(target(['+74951234568'])).toBe('transfer 2001 XML default');
    expect(target(['74951234569'])).toBe('transfer 2002 XML default');
    expect(target(['74951234570'])).toBe('transfer menu XML ivr');
    expect(target(['74951234571'])).toBe('transfer 74951234571 XML routed');
    expect(target(['74951234572', {}, '2026-11-24T09:00:00'])).toBe('transfer 2001 XML default');
    expect(target(['74951234572', {}, '2026-11-24T18:00:00'])).toBe('transfer message XML default');
    expect(target(['74951234572', {}, '2026-11-28T12:00:00'])).toBe('transfer message XML default');
    expect(ask('public', ['74950000000']).told.at(-1)).toBe('hangup UNALLOCATED_NUMBER');
  });

  it('lets nobody dial out from public, nor anything but digits from elsewhere', () => {
    const outside = ['79161234567', '+79161234567', '1001', '2001', '*221001', '**1001', 'message'];
    for (const destination of outside)
      expect(ask('public', [destination]).told.at(-1)).toBe('hangup UNALLOCATED_NUMBER');
    const hostile = [
      '7916123456,1',
      '7916123456|1',
      '79161234567\n',
      '7916{a=b}',
      '${evil}',
      '79161234567@host',
    ];
    for (const context of ['default', 'click-to-call']) {
      const dialled = hostile
        .flatMap((destination) => ask(context, [destination]).told)
        .filter((action) => /^(bridge|transfer) /.test(action));
      // A $ also fits before a line feed at the end; what is captured, and dialled, is digits.
      expect(dialled).toEqual(['bridge sofia/gateway/${connector_gateway}/79161234567']);
    }
  });

  it('stamps and records a call once, and hands on an id that an originate brought', () => {
    const first = ask('public', ['74951234567']).told;
    expect(first.slice(0, 2)).toEqual([
      'export connector_call_id=${uuid}',
      'export connector_recording=/var/lib/freeswitch/recordings/${strftime(%Y/%m/%d)}/${connector_call_id}.wav',
    ]);
    expect(first).toContain('set execute_on_answer_record=record_session ${connector_recording}');
    const clicked = ask('click-to-call', [
      '79161234567',
      { connector_call_id: 'click-0001', direction: 'outbound' },
    ]).told;
    expect(clicked[0]).toBe('export connector_call_id=${connector_call_id}');
    expect(clicked).toContain(
      'export nolocal:execute_on_answer_record=record_session ${connector_recording}',
    );
    const hostile = ask('click-to-call', ['79161234567', { connector_call_id: '../../etc/x' }]).told;
    expect(hostile[0]).toBe('export connector_call_id=${uuid}');
    const later = { connector_call_id: 'click-0001', connector_recording: '/a.wav' };
    expect(ask('default', ['1002', later]).told.join()).not.toContain('record_session');
    expect(ask('default', ['1002', { connector_record: 'false' }]).told.join()).not.toContain(
      'record_session',
    );
  });

  it('gives back whom nobody answers: mobile, then who transferred, then the overflow, once', () => {
    const mobile = { connector_mobile: '79161234567', connector_called: '1001@pbx.internal' };
    const all = { ...mobile, connector_return_to: '1003', connector_overflow: '2001' };
    const applications = (variables: Record<string, string>) =>
      ask('default', ['unanswered', variables]).told.filter((action) =>
        /^(bridge|transfer|hangup)/.test(action),
      );
    expect(applications(all)).toEqual([
      'bridge {connector_mobile_of=${connector_called}}sofia/gateway/trunk/79161234567',
      'bridge user/1003@pbx.internal',
      'transfer 2001 XML default',
      'hangup ${originate_disposition}',
    ]);
    expect(applications({ ...all, connector_overflowed: 'true' })).not.toContain('transfer 2001 XML default');
    expect(applications({ ...all, user_name: '1002' })).not.toContain('transfer 2001 XML default');
    expect(applications({})).toEqual(['hangup ${originate_disposition}']);
  });

  it('knows ten phones, one user of the event socket, and where they ring', () => {
    const { users, groups } = shipped.domains.get('pbx.internal') ?? {};
    expect([...(users?.keys() ?? [])].sort()).toEqual([
      ...Array.from({ length: 10 }, (_, index) => String(1001 + index)),
      'connector',
    ]);
    expect(users?.get('1002')?.params.get('dial-string')).toContain('${sofia_contact(');
    expect(users?.get('1002')?.variables.get('user_context')).toBe('default');
    expect(users?.get('connector')?.params.has('password')).toBe(false);
    expect(groups?.get('sales')).toEqual(['1001', '1002', '1003']);
  });

  it('has its profiles, its trunk, and doors that are shut by default', () => {
    expect(shipped.profiles).toMatchObject([
      { name: 'external', context: 'public', sipPort: 5080, authCalls: false, inboundAcls: ['carriers'] },
      { name: 'internal', context: 'default', sipPort: 5060, authCalls: true, wsBinding: '127.0.0.1:5066' },
    ]);
    expect(shipped.gateways).toMatchObject([{ name: 'trunk', profile: 'external' }]);
    expect(shipped.eventSocket).toEqual({
      listenIp: '127.0.0.1',
      port: 8021,
      password: 'admin-secret',
      acls: ['connector'],
    });
    expect(shipped.acls.get('connector')?.allows('10.0.0.1')).toBe(false);
    expect(shipped.acls.get('carriers')?.allows('10.0.0.1')).toBe(false);
    expect(shipped.acls.get('carriers')?.allows('127.0.0.1')).toBe(true);
    expect(shipped.jsonCdr).toMatchObject({ urls: [], timeoutSeconds: 3, attempts: 1, firstLegPrefix: 'a_' });
    expect(shipped.core).toMatchObject({ rtpStartPort: 16_384, rtpEndPort: 16_583 });
    expect(shipped.modules).toEqual(expect.arrayContaining(['mod_sofia', 'mod_event_socket', 'mod_hash']));
  });

  it('explains every setting, with its default, in the README', () => {
    const vars = readFileSync(join(CONF, 'connector-vars.xml'), 'utf8');
    const defaults = new Map(
      [...vars.matchAll(/cmd="set" data="(\w+)=([^"]*)"/g)].map(([, name, value]) => [name, value]),
    );
    const settings = [...vars.matchAll(/cmd="env-set" data="(\w+)=\$(\w+)"/g)].map(
      ([, name, variable]) => `${variable ?? ''}: ${defaults.get(name) ?? 'none'}`,
    );
    const readme = readFileSync(resolve(CONF, '../README.md'), 'utf8');
    const explained = [...readme.matchAll(/^\| `(CONNECTOR_\w+)` \| (.+?) \|/gm)].map(
      ([, variable, byDefault = '']) => `${variable ?? ''}: ${byDefault.replaceAll('`', '')}`,
    );
    expect(explained.sort()).toEqual(settings.sort());
  });

  it('keeps no secret where the event socket can read it', () => {
    expect([...shipped.globals.values()].join()).not.toMatch(/secret/);
  });

  it.each([{}, { CONNECTOR_ESL_PASSWORD: '' }])('lets nobody in without passwords (%j)', (env) => {
    const config = loadSwitchConfig(CONF, env);
    // A line feed: the log-in line ends before it could be sent.
    expect(config.eventSocket.password).toBe('\n');
    const user = config.domains.get('pbx.internal')?.users.get('1001')?.params;
    expect({ password: user?.get('password'), blankIsFine: user?.get('allow-empty-password') }).toEqual({
      password: '',
      blankIsFine: 'false',
    });
    expect(config.domains.get('pbx.internal')?.users.get('connector')?.params.get('esl-password')).toBe('');
  });

  it('answers a log-in of the connector within the 511 bytes that mod_event_socket keeps', () => {
    const params = shipped.domains.get('pbx.internal')?.users.get('connector')?.params;
    const reply =
      `~Reply-Text: +OK accepted\nAllowed-Events: ${params?.get('esl-allowed-events') ?? ''}\n` +
      `Allowed-API: ${params?.get('esl-allowed-api') ?? ''}\nAllowed-LOG: false\n\n`;
    expect(Buffer.byteLength(reply)).toBeLessThanOrEqual(511);
  });
});
