import { readFileSync } from 'node:fs';
import { answersAfter, rings, type Phone } from '../apps/harness/src/phones';
import { hasSwitch } from '../apps/harness/src/real-switch/open-switch';
import { ClickOffice, LINE } from './clicks/click-office';

jest.setTimeout(120_000);

const WITHIN = { withinMs: 15_000 };
const CLIENT = '+79161234567';
/** The embedded switch cannot speak, and keeps no log. */
const onReal = hasSwitch(process.env) ? it : it.skip;

/** What scenarios cannot play: the gateway is their portal's door. Every other ending is in test/scenarios/clicks. */
describe('a click, whose event came in by the door of another gateway', () => {
  let office: ClickOffice;
  let anna: Phone;
  let user: number;

  beforeAll(async () => {
    office = await ClickOffice.open(process.env);
    anna = await office.phone('1001', rings);
    user = office.userOf('1001');
  });
  afterAll(() => office.close());

  const click = () => office.click({ userId: user, phoneNumber: CLIENT });

  it('that was taken when the gateway was killed is filed when it is back', async () => {
    const callId = await click();
    await anna.untilCalled(WITHIN);
    await office.gateway.kill();
    await office.gateway.start();
    // Whether her phone still rings when the gateway is back is up to the machine.
    expect((await office.filed(callId)).CALL_FAILED_CODE).toMatch(/^(480|OTHER)$/);
  });

  it('while the gateway of the switch is down is filed as not reachable, never dialled later', async () => {
    await office.gateway.kill();
    const before = anna.calls.length;
    const callId = await click();
    expect(await office.filed(callId)).toMatchObject({ CALL_FAILED_CODE: '503' });
    await office.told(user, /exchange does not answer/);
    await office.gateway.start();
    expect(anna.calls.length).toBe(before);
  });

  onReal(
    'of a visitor is read to the employee, without anything that means something to a switch',
    async () => {
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
      expect(await office.filedCallback()).toMatchObject({ CALL_FAILED_CODE: '200' });
      if (office.fs.logFile !== undefined)
        expect(readFileSync(office.fs.logFile, 'utf8')).toContain('speak(flite|kal|Call me , back now)');
    },
  );

  it('leaves nothing that the portal could complain about', () => {
    expect(office.portal.audit()).toEqual([]);
  });
});
