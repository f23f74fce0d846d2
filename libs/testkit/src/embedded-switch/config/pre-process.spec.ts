import { loadSwitchConfig, SwitchConfigError } from './index';
import { confFolder, removeConfFolders } from './testing/conf-folder';

afterEach(removeConfFolders);

const DOCUMENT =
  '<document type="freeswitch/xml">\n<X-PRE-PROCESS cmd="include" data="vars.xml"/>\n</document>\n';
const varsOf = (lines: string, env: Record<string, string> = {}) =>
  loadSwitchConfig(confFolder({ 'freeswitch.xml': DOCUMENT, 'vars.xml': lines }), env).globals;

/** What is said about a configuration, `file:line: ` included. */
function complaint(files: Record<string, string>, env: Record<string, string> = {}): string {
  try {
    loadSwitchConfig(confFolder(files), env);
  } catch (error) {
    expect(error).toBeInstanceOf(SwitchConfigError);
    return (error as SwitchConfigError).message;
  }
  return 'it was loaded';
}

describe('the pre-processor', () => {
  it('takes a default, and the environment over it', () => {
    const lines = [
      '<include>',
      '  <X-PRE-PROCESS cmd="set" data="port=5060"/>',
      '  <X-PRE-PROCESS cmd="env-set" data="port=$SIP_PORT"/>',
      '  <X-PRE-PROCESS cmd="set" data="address=127.0.0.1:$${port}$${missing}"/>',
      '</include>',
    ].join('\n');
    expect(varsOf(lines).get('address')).toBe('127.0.0.1:5060');
    expect(varsOf(lines, { SIP_PORT: '5070' }).get('address')).toBe('127.0.0.1:5070');
    // As FreeSWITCH: what is set, though empty, counts.
    expect(varsOf(lines, { SIP_PORT: '' }).get('address')).toBe('127.0.0.1:');
  });

  it('sets what is empty when the command is made of the variable', () => {
    const lines = [
      '<X-PRE-PROCESS cmd="env-set" data="secret=$SECRET"/>',
      '<X-PRE-PROCESS cmd="set$${secret}" data="secret=nobody"/>',
    ].join('\n');
    expect(varsOf(lines).get('secret')).toBe('nobody');
    expect(varsOf(lines, { SECRET: '' }).get('secret')).toBe('nobody');
    expect(varsOf(lines, { SECRET: 'abc' }).get('secret')).toBe('abc');
  });

  it('includes by name and by pattern, relative to the including file, in the order of names', () => {
    const config = loadSwitchConfig(
      confFolder({
        'freeswitch.xml':
          '<document type="freeswitch/xml">\n<X-PRE-PROCESS cmd="include" data="a/*.xml"/>\n' +
          '<X-PRE-PROCESS cmd="include" data="none/*.xml"/>\n</document>',
        'a/2.xml': '<X-PRE-PROCESS cmd="include" data="../b.xml"/>',
        'a/1.xml': '<!-- one -->',
        'a/3.txt': '<nonsense/>',
        'b.xml': '<!-- b -->',
      }),
      {},
    );
    expect(config.files).toEqual(['freeswitch.xml', 'a/1.xml', 'b.xml']);
  });

  it.each([
    ['<X-PRE-PROCESS cmd="exec" data="id"/>', 'exec is refused'],
    ['<X-PRE-PROCESS cmd="exec-set" data="a=id"/>', 'exec-set is refused'],
    ['<X-PRE-PROCESS cmd="stun-set" data="a=host"/>', 'stun-set is refused'],
    ['<X-PRE-PROCESS cmd="sett" data="a=b"/>', 'there is no command sett'],
    ['<X-PRE-PROCESS cmd="set" data="a"/>', 'name=value is wanted'],
    ['<X-PRE-PROCESS cmd="env-set" data="a=B"/>', 'env-set wants name=$VARIABLE'],
    ['<X-PRE-PROCESS cmd="set" data="a=${b}"/>', 'holds a variable'],
    ['<X-PRE-PROCESS cmd="include" data="gone.xml"/>', 'there is no gone.xml'],
    ['<X-PRE-PROCESS cmd="include" data="../other.xml"/>', 'leads out of the configuration'],
    ['<X-PRE-PROCESS cmd="include" data="vars.xml"/>', 'over and over'],
    ['<!-- <X-PRE-PROCESS cmd="set" data="a=b"/> -->', 'alone on a line'],
    ['<a/> <X-PRE-PROCESS cmd="set" data="a=b"/>', 'alone on a line'],
    ['<include><a/>', 'drops this whole line'],
    ['<!--#set "a=b"-->', 'old <!--# commands'],
    ['<a b="$${c"/>', 'without its }'],
  ])('refuses %s', (line, why) => {
    const said = complaint({ 'freeswitch.xml': DOCUMENT, 'vars.xml': `<!-- first -->\n${line}` });
    expect(said).toContain(why);
    expect(said).toMatch(why === 'over and over' ? /^vars\.xml:1: / : /^vars\.xml:2: /);
  });

  it('refuses a tag inside a comment of several lines, where FreeSWITCH would run it', () => {
    const vars = '<!--\n<X-PRE-PROCESS cmd="set" data="a=b"/>\n-->';
    expect(complaint({ 'freeswitch.xml': DOCUMENT, 'vars.xml': vars })).toMatch(/^vars\.xml:2: /);
  });

  it('says in which file XML is broken', () => {
    const vars = '<!-- fine -->\n<section name="dialplan">\n<context name="a"\n</section>';
    expect(complaint({ 'freeswitch.xml': DOCUMENT, 'vars.xml': vars })).toMatch(/^vars\.xml:[34]: /);
  });

  it.each([
    ['<section name="configurations"/>', 'the section configurations is unknown'],
    ['<section name="directory"><domain nam="a"/></section>', 'nam is unknown'],
    [
      '<section name="directory"><domain name="a"><user id="1"/></domain></section>',
      '<user> is unknown in <domain>',
    ],
    [
      '<section name="configuration"><configuration name="acl.conf"><network-lists><list name="a" default="deny"><node type="allow" cidr="10.0.0.0"/></list></network-lists></configuration></section>',
      'is no network',
    ],
    [
      '<section name="configuration"><configuration name="sofia.conf"><profiles><profile name="a"><settings><param name="sip-port" value="x"/></settings></profile></profiles></configuration></section>',
      'is no port',
    ],
  ])('refuses what it does not know: %s', (xml, why) => {
    const said = complaint({ 'freeswitch.xml': `<document type="freeswitch/xml">\n${xml}\n</document>` });
    expect(said).toContain(why);
    expect(said).toMatch(/^freeswitch\.xml:2: /);
  });
});
