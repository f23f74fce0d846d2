import { loadSwitchConfig, SwitchConfigError } from './index';
import { confFolder, removeConfFolders } from './testing/conf-folder';

afterEach(removeConfFolders);

function load(fifo: string, module = 'mod_fifo') {
  return loadSwitchConfig(
    confFolder({
      'freeswitch.xml': [
        '<document type="freeswitch/xml"><section name="configuration">',
        `<configuration name="modules.conf"><modules><load module="${module}"/></modules></configuration>`,
        `<configuration name="fifo.conf">${fifo}</configuration>`,
        '</section></document>',
      ].join('\n'),
    }),
    {},
  ).fifo;
}

const line = (attributes: string, member = ''): string =>
  `<fifos><fifo name="sales" ${attributes}>${member}</fifo></fifos>`;

describe('the configuration of waiting lines', () => {
  it('is read when the module is loaded', () => {
    expect(load(line(''), 'mod_sofia')).toBeUndefined();
    const member = '<member timeout="15" simo="1" lag="5">user/1001@pbx</member>';
    const own = '<member simo="2">{fifo_outbound_uuid=me}sofia/gateway/trunk/7</member>';
    expect(load(line('outbound_strategy="ringall" outbound_per_cycle="0"', member + own))?.lines).toEqual([
      {
        name: 'sales',
        importance: 0,
        membersPerCaller: 0,
        retrySeconds: 0,
        members: [
          {
            // as a real switch has it in the events of its members
            id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
            dialString: 'user/1001@pbx',
            calls: 1,
            ringSeconds: 15,
            lagSeconds: 5,
          },
          {
            id: 'me',
            dialString: '{fifo_outbound_uuid=me}sofia/gateway/trunk/7',
            calls: 2,
            ringSeconds: 60,
            lagSeconds: 0,
          },
        ],
      },
    ]);
  });

  it('lets one member ring for a caller where it is silent', () => {
    expect(load(line(''))?.lines).toMatchObject([{ membersPerCaller: 1, members: [] }]);
    expect(load('')).toEqual({ lines: [] });
  });

  it.each([
    ['a strategy that is not simulated', line('outbound_strategy="enterprise"'), /enterprise/],
    [
      'one for all lines',
      '<settings><param name="outbound-strategy" value="enterprise"/></settings>',
      /enterprise/,
    ],
    ['a database', '<settings><param name="odbc-dsn" value="x"/></settings>', /odbc-dsn is not simulated/],
    ['an unknown attribute', line('strategy="ringall"'), /strategy is unknown/],
    ['no number', line('importance="high"'), /importance has to be a number, not "high"/],
    ['a reserved name', '<fifos><fifo name="manual_calls"/></fifos>', /reserved/],
    ['a member who would never ring', line('', '<member>user/1001</member>'), /simo/],
    ['a member without a phone', line('', '<member simo="1"/>'), /dial string/],
    ['a time that FreeSWITCH changes', line('', '<member simo="1" timeout="5">user/1</member>'), /below 10/],
  ])('refuses %s', (_what, text, message) => {
    expect(() => load(text)).toThrow(SwitchConfigError);
    expect(() => load(text)).toThrow(message);
  });
});
