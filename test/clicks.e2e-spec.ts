import { readFileSync } from 'node:fs';
import { runCli } from '../apps/cli/src/cli';
import { MemoryTerminal } from '../apps/cli/src/testing/memory-terminal';
import { answersAfter, refuses, rings, type Phone } from '../apps/harness/src/phones';
import { HOW_TO_GET_ONE } from '../apps/harness/src/real-switch/no-switch-error';
import { hasSwitch } from '../apps/harness/src/real-switch/open-switch';
import { ClickOffice, LINE } from './clicks/click-office';

jest.setTimeout(120_000);

const WITHIN = { withinMs: 15_000 };
const CLIENT = '+79161234567';
const aboutSwitch = hasSwitch(process.env) ? describe : describe.skip;
if (!hasSwitch(process.env))
  process.stderr.write(`No FreeSWITCH: clicks are not tested on one. To test them, ${HOW_TO_GET_ONE}.\n`);

/** Clicks as people make them, on a real switch: every ending is filed once, under the click. */
aboutSwitch('a click, on a real FreeSWITCH', () => {
  let office: ClickOffice;
  let anna: Phone;
  let user: number;

  beforeAll(async () => {
    office = await ClickOffice.open(process.env);
    anna = await office.phone('1001', rings);
    user = office.userOf('1001');
  });
  afterAll(() => office.close());

  const click = (changes: object = {}) => ({ userId: user, phoneNumber: CLIENT, ...changes });

  it('rings her phone, then the client; they talk; it is filed under the click with line and recording', async () => {
    office.trunk.answersAt('79161234567', answersAfter(500));
    const callId = await office.click(click({ line: LINE.lineNumber, callListId: 7 }));
    const ringing = await anna.untilCalled(WITHIN);
    expect(ringing.far.number).toBe('79161234567');
    await ringing.answer();
    const client = await office.trunk.untilCalled(WITHIN);
    expect(client.far.number).toBe(LINE.did);
    await ringing.untilHears(office.trunk.toneHz, WITHIN);
    await client.untilHears(anna.toneHz, WITHIN);
    await ringing.hangUp();
    expect(await office.filed(callId)).toMatchObject({
      CALL_FAILED_CODE: '200',
      PORTAL_USER_ID: String(user),
      EXTERNAL_CALL_ID: null,
    });
    expect(office.portal.requestsTo('telephony.externalCall.register')).toEqual([]);
  });

  it.each([
    ['is busy', refuses(486), '486', /busy/],
    ['does not exist', refuses(404), '404', /no such number/],
    ['is out of reach', refuses(480), '480', /no answer|out of reach/],
    ['declines', refuses(603), '603', /declined/],
  ])('whose client %s is filed so, and she is told', async (_what, behaviour, code, words) => {
    office.trunk.answersAt('79161234567', behaviour);
    const callId = await office.click(click());
    await (await anna.untilCalled(WITHIN)).answer();
    expect(await office.filed(callId)).toMatchObject({ CALL_FAILED_CODE: code, CALL_DURATION: '0' });
    await office.told(user, words);
  });

  it('that she declines on her phone is 603; one that she does not take is 480, and she is told', async () => {
    const declined = await office.click(click());
    await (await anna.untilCalled(WITHIN)).decline(603);
    expect(await office.filed(declined)).toMatchObject({ CALL_FAILED_CODE: '603' });
    const missed = await office.click(click());
    await anna.untilCalled(WITHIN);
    expect(await office.filed(missed)).toMatchObject({ CALL_FAILED_CODE: '480' });
    await office.told(user, /did not pick up/);
  });

  it('that she gives up while the client rings is cancelled', async () => {
    office.trunk.answersAt('79161234567', rings);
    const callId = await office.click(click());
    const ringing = await anna.untilCalled(WITHIN);
    await ringing.answer();
    await office.trunk.untilCalled(WITHIN);
    await ringing.hangUp();
    expect(await office.filed(callId)).toMatchObject({ CALL_FAILED_CODE: '603-S' });
  });

  it('of somebody whose phone is not connected is 480, and he is told', async () => {
    const other = office.userOf('1005');
    const callId = await office.click(click({ userId: other }));
    expect(await office.filed(callId)).toMatchObject({ CALL_FAILED_CODE: '480' });
    await office.told(other, /not connected/);
  });

  it('that comes three times rings once; one that is late does not ring at all', async () => {
    office.trunk.answersAt('79161234567', refuses(486));
    const before = anna.calls.length;
    const callId = await office.click(click(), { times: 3 });
    await (await anna.untilCalled(WITHIN)).answer();
    await office.filed(callId);
    const late = await office.click(click(), { ageMs: 30_000 });
    expect(await office.filed(late)).toMatchObject({ CALL_FAILED_CODE: '603-S' });
    await office.told(user, /too late/);
    expect(anna.calls.length - before).toBe(1);
  });

  it.each([
    ['a number that is none', { phoneNumber: '{a=b}user/1002,1' }, '404', /not a phone number/],
    ['an unknown line', { line: 'nobody-knows' }, '484', /line is not set up/],
  ])('on %s is refused, filed, and she is told', async (_what, changes, code, words) => {
    const callId = await office.click(click(changes));
    expect(await office.filed(callId)).toMatchObject({ CALL_FAILED_CODE: code });
    await office.told(user, words);
  });

  it('goes only where the portal allows', async () => {
    await office.changeSettings({ allowedPrefixes: ['+7'], deniedPrefixes: ['+7809'] });
    const abroad = await office.click(click({ phoneNumber: '+442079460101' }));
    expect(await office.filed(abroad)).toMatchObject({ CALL_FAILED_CODE: '403' });
    await office.told(user, /not allowed/);
    await office.changeSettings({});
  });

  it('rings both phones of somebody who has two', async () => {
    const first = await office.phone('1003', rings, '1003-desk');
    const second = await office.phone('1003', rings, '1003-soft');
    office.trunk.answersAt('79161234567', answersAfter(200));
    const callId = await office.click(click({ userId: office.userOf('1003') }));
    await first.untilCalled(WITHIN);
    const taken = await second.untilCalled(WITHIN);
    await taken.answer();
    await taken.untilHears(office.trunk.toneHz, WITHIN);
    await taken.hangUp();
    expect(await office.filed(callId)).toMatchObject({ CALL_FAILED_CODE: '200' });
  });

  it('of an older portal, without a CALL_ID, is registered as outgoing and filed', async () => {
    office.trunk.answersAt('79161234567', answersAfter(200));
    await office.click(click({ withoutCallId: true, callListId: 9 }));
    const ringing = await anna.untilCalled(WITHIN);
    await ringing.answer();
    await ringing.untilHears(office.trunk.toneHz, WITHIN);
    await ringing.hangUp();
    const row = await office.filedTo(CLIENT, (one) => one.EXTERNAL_CALL_ID !== null);
    expect(row).toMatchObject({ CALL_TYPE: '1', CALL_FAILED_CODE: '200', PORTAL_USER_ID: String(user) });
    const [register] = office.portal.requestsTo('telephony.externalCall.register');
    expect(register?.params).toMatchObject({ CALL_LIST_ID: 9, TYPE: 1 });
  });

  it('by hand, an originate of fs_cli, is followed and filed as outgoing', async () => {
    office.trunk.answersAt('79160000001', answersAfter(200));
    const done = office.fs.api(
      'bgapi',
      'originate {origination_caller_id_number=79160000001}user/1001@pbx.internal 79160000001 XML click-to-call',
    );
    await done;
    const ringing = await anna.untilCalled(WITHIN);
    await ringing.answer();
    await ringing.untilHears(office.trunk.toneHz, WITHIN);
    await ringing.hangUp();
    expect(await office.filedTo('+79160000001')).toMatchObject({ CALL_TYPE: '1', CALL_FAILED_CODE: '200' });
  });

  it('by hand, with ./run call, is told step by step and filed as outgoing', async () => {
    office.trunk.answersAt('79160000002', answersAfter(500));
    const terminal = new MemoryTerminal();
    const command = runCli(['call', '--user', '1001', '--to', '+7 (916) 000-00-02'], office.env, terminal);
    const ringing = await anna.untilCalled(WITHIN);
    await ringing.answer();
    await ringing.untilHears(office.trunk.toneHz, WITHIN);
    await ringing.hangUp();
    expect(await command).toBe(0);
    expect(terminal.written[0]).toMatch(/^call [0-9a-f-]{36} for switch main$/);
    expect(terminal.written.at(-1)).toMatch(/^over: talked \d+ s$/);
    expect(await office.filedTo('+79160000002')).toMatchObject({ CALL_TYPE: '1', CALL_FAILED_CODE: '200' });
  });

  it('of a visitor, a callback, rings who is responsible and is filed as TYPE 4', async () => {
    office.trunk.answersAt('442079460101', answersAfter(200));
    const owner = await office.ownerOf('+442079460101');
    const phone = owner === '1001' ? anna : await office.phone(owner, rings, `${owner}-owner`);
    await office.callback({
      phoneNumber: '+442079460101',
      text: "Call ${me}, {back} 'now'",
      line: LINE.lineNumber,
    });
    const ringing = await phone.untilCalled(WITHIN);
    await ringing.answer();
    await ringing.untilHears(office.trunk.toneHz, WITHIN);
    await ringing.hangUp();
    // Nobody here can speak; what would be said is what the visitor wrote, and nothing that means something to a switch.
    if (office.fs.logFile !== undefined)
      expect(readFileSync(office.fs.logFile, 'utf8')).toContain('speak(flite|kal|Call me , back now)');
    expect(await office.filedTo('+442079460101', (one) => one.CALL_TYPE === '4')).toMatchObject({
      CALL_FAILED_CODE: '200',
      CRM_ENTITY_TYPE: 'CONTACT',
    });
  });

  it('that was taken when the gateway was killed is lost, and filed as that when it is back', async () => {
    const callId = await office.click(click());
    await anna.untilCalled(WITHIN);
    await office.gateway.kill();
    await office.gateway.start();
    // Whether her phone still rings when the gateway is back is up to the machine.
    expect((await office.filed(callId)).CALL_FAILED_CODE).toMatch(/^(480|OTHER)$/);
  });

  it('while the gateway is down is filed as not reachable, never dialled later', async () => {
    await office.gateway.kill();
    const before = anna.calls.length;
    const callId = await office.click(click());
    expect(await office.filed(callId)).toMatchObject({ CALL_FAILED_CODE: '503' });
    await office.told(user, /exchange does not answer/);
    await office.gateway.start();
    expect(anna.calls.length).toBe(before);
  });

  it('leaves nothing that the portal could complain about', () => {
    expect(office.portal.audit()).toEqual([]);
  });
});
