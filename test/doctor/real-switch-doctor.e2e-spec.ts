import { hasSwitch, openSwitch } from '../../apps/harness/src/real-switch/open-switch';
import type { SwitchUnderTest } from '../../apps/harness/src/real-switch/switch-under-test';
import { Scene, type Report } from './scene';

jest.setTimeout(120_000);

const aboutSwitch = hasSwitch(process.env) ? describe : describe.skip;
/** The phones of freeswitch/conf/directory. */
const PHONES = Array.from({ length: 10 }, (_, index) => String(1001 + index));

aboutSwitch('the doctor, on a real FreeSWITCH with the configuration that we ship', () => {
  let ours: SwitchUnderTest;
  let scene: Scene;
  beforeAll(async () => {
    ours = await openSwitch(process.env);
    scene = await Scene.open(() => Promise.resolve(ours.connectorLogin!), PHONES);
    await scene.install();
    const set = ['portals', 'lines', 'set', scene.portal.memberId, '--did', '+74950000001'];
    expect(await scene.run(set)).toMatchObject({ code: 0 });
  });
  afterAll(async () => {
    await scene.close();
    await ours.stop();
  });

  const ofSwitch = ({ findings }: Report) => findings.filter(({ about }) => about === 'switch main');

  it('finds all green with the rights of the connector', async () => {
    const report = await scene.examine({}, '--strict');
    expect(report.findings.filter(({ level }) => level !== 'green')).toEqual([]);
    expect(report.code).toBe(0);
    const checks = ofSwitch(report).map(({ check }) => check);
    expect(checks).toEqual(
      expect.arrayContaining([
        'switch.login',
        'switch.events',
        'switch.rights',
        'switch.dialplan',
        'switch.clock',
      ]),
    );
  });

  it('sees modules, dialplan and phones when it may ask for them', async () => {
    const report = await scene.examine(scene.switchesWith({ ...ours.eventSocket, user: undefined }));
    expect(ofSwitch(report).filter(({ level }) => level !== 'green')).toEqual([]);
    const texts = ofSwitch(report).map(({ text }) => text);
    expect(texts).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^FreeSWITCH Version 1\.1/),
        'The modules that calls need are loaded',
        'The dialplan gives calls their id',
        'Every phone of the switch belongs to somebody (10)',
      ]),
    );
  });

  it('finds a wrong password', async () => {
    const report = await scene.examine(scene.switchesWith({ password: 'ClueCon' }));
    expect(ofSwitch(report)).toContainEqual(expect.objectContaining({ check: 'switch.login', level: 'red' }));
    expect(report.code).toBe(1);
  });
});
