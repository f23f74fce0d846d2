import { loadSwitchConfig, SwitchConfigError, USUAL_QUEUE } from '../index';
import { confFolder, removeConfFolders } from '../testing/conf-folder';

afterEach(removeConfFolders);

const QUEUE = '<queues><queue name="support@pbx"/></queues>';
const AGENT = '<agents><agent name="1001@pbx" type="callback" contact="user/1001@pbx"/></agents>';

function load(callcenter: string, module = 'mod_callcenter') {
  return loadSwitchConfig(
    confFolder({
      'freeswitch.xml': [
        '<document type="freeswitch/xml"><section name="configuration">',
        `<configuration name="modules.conf"><modules><load module="${module}"/></modules></configuration>`,
        `<configuration name="callcenter.conf">${callcenter}</configuration>`,
        '</section></document>',
      ].join('\n'),
    }),
    {},
  ).callcenter;
}

function queueWith(name: string, value: string): string {
  return `<queues><queue name="q"><param name="${name}" value="${value}"/></queue></queues>`;
}

describe('the configuration of queues', () => {
  it('is read when the module is loaded', () => {
    expect(load(QUEUE, 'mod_sofia')).toBeUndefined();
    const found = load(`
      <settings><param name="agent-originate-timeout" value="20"/></settings>
      <queues><queue name="support@pbx">
        <param name="strategy" value="Ring-All"/>
        <param name="max-wait-time" value="30"/>
        <param name="tier-rule-no-agent-no-wait" value="false"/>
        <param name="discard-abandoned-after" value="60"/>
        <param name="abandoned-resume-allowed" value="false"/>
      </queue></queues>
      <agents><agent name="1001@pbx" type="callback" contact="user/1001@pbx" status="Available" max-no-answer="3"/></agents>
      <tiers><tier agent="1001@pbx" queue="support@pbx" position="2"/></tiers>`);
    expect(found).toMatchObject({
      originateSeconds: 20,
      queues: [
        {
          name: 'support@pbx',
          strategy: 'ring-all',
          maxWaitSeconds: 30,
          tierRules: { areApplied: false, skipsEmptyTiers: false },
        },
      ],
      agents: [{ name: '1001@pbx', status: 'Available', maxNoAnswer: 3, wrapUpSeconds: 0 }],
      tiers: [{ agent: '1001@pbx', queue: 'support@pbx', level: 1, position: 2 }],
    });
  });

  it('has the values of FreeSWITCH where it is silent', () => {
    expect(load(QUEUE)?.queues).toEqual([{ ...USUAL_QUEUE, name: 'support@pbx' }]);
    expect(load(AGENT)).toMatchObject({ originateSeconds: 60, agents: [{ status: 'Logged Out' }] });
  });

  it.each([
    ['a strategy that is not simulated', queueWith('strategy', 'ring-progressively'), /ring-progressively/],
    ['announcements', queueWith('announce-sound', 'a.wav'), /announce-sound is not simulated/],
    ['places that are kept', queueWith('abandoned-resume-allowed', 'true'), /abandoned-resume-allowed/],
    ['a misspelt param', queueWith('max-wait', '5'), /max-wait is not simulated/],
    ['no number', queueWith('max-wait-time', 'long'), /from 0 to 86400, not "long"/],
    ['reserved agents', '<settings><param name="reserve-agents" value="true"/></settings>', /reserve-agents/],
    ['agents on a line', AGENT.replace('callback', 'uuid-standby'), /uuid-standby/],
    ['an unknown status', AGENT.replace('type=', 'status="Here" type='), /"Here"/],
    ['a tier of nobody', `${QUEUE}<tiers><tier agent="x" queue="support@pbx"/></tiers>`, /no agent x/],
    ['a tier of nothing', `${AGENT}<tiers><tier agent="1001@pbx" queue="x"/></tiers>`, /no queue x/],
  ])('refuses %s', (_what, text, message) => {
    expect(() => load(text)).toThrow(SwitchConfigError);
    expect(() => load(text)).toThrow(message);
  });
});
