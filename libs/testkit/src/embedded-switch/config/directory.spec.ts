import { loadSwitchConfig } from './index';
import { confFolder, removeConfFolders } from './testing/conf-folder';

afterEach(removeConfFolders);

const load = (section: string) =>
  loadSwitchConfig(
    confFolder({ 'freeswitch.xml': `<document type="freeswitch/xml">\n${section}\n</document>` }),
    {},
  );

describe('the directory', () => {
  it('gives a user what his domain and group have, and his own over it', () => {
    const config = load(`
      <section name="directory"><domain name="d">
        <params><param name="a" value="domain"/><param name="b" value="domain"/><param name="c" value="domain"/></params>
        <variables><variable name="v" value="domain"/></variables>
        <groups><group name="g">
          <params><param name="b" value="group"/><param name="c" value="group"/></params>
          <users>
            <user id="1"><params><param name="c" value="user"/></params></user>
            <user id="2"/>
          </users>
        </group></groups>
      </domain></section>`);
    const domain = config.domains.get('d');
    expect(Object.fromEntries(domain?.users.get('1')?.params ?? [])).toEqual({
      a: 'domain',
      b: 'group',
      c: 'user',
    });
    expect(Object.fromEntries(domain?.users.get('2')?.params ?? [])).toEqual({
      a: 'domain',
      b: 'group',
      c: 'group',
    });
    expect(domain?.users.get('2')?.variables.get('v')).toBe('domain');
    expect(domain?.groups.get('g')).toEqual(['1', '2']);
  });

  it('lets people be in several groups, by pointers', () => {
    const group = (name: string, users: string) =>
      `<group name="${name}"><users>\n${users}\n</users></group>`;
    const domain = (groups: string) =>
      `<section name="directory"><domain name="d"><groups>${groups}</groups></domain></section>`;
    const all = group('all', '<user id="1"/><user id="2"/>');
    const config = load(
      domain(all + group('sales', '<user id="2" type="pointer"/><user id="1" type="pointer"/>')),
    );
    expect(config.domains.get('d')?.groups.get('sales')).toEqual(['2', '1']);
    expect(config.domains.get('d')?.users.size).toBe(2);
    expect(() => load(domain(all + group('sales', '<user id="3" type="pointer"/>')))).toThrow(
      'freeswitch.xml:5: there is no user 3 to point to',
    );
  });

  it('does not take one person twice', () => {
    const twice = `<section name="directory"><domain name="d"><groups><group name="g"><users>
<user id="1"/>
<user id="1"/>
</users></group></groups></domain></section>`;
    expect(() => load(twice)).toThrow('freeswitch.xml:4: there are two users 1');
  });
});

describe('an access list', () => {
  it('lets the narrowest network decide, and the default where none fits', () => {
    const config = load(`
      <section name="configuration"><configuration name="acl.conf"><network-lists>
        <list name="l" default="deny">
          <node type="allow" cidr="10.0.0.0/8, 2001:db8::/32"/>
          <node type="deny" cidr="10.1.0.0/16"/>
          <node type="allow" cidr="10.1.1.1/32"/>
        </list>
      </network-lists></configuration></section>`);
    const allows = (ip: string) => config.acls.get('l')?.allows(ip);
    expect(['10.2.0.1', '10.1.0.1', '10.1.1.1', '11.0.0.1', '2001:db8::1'].map(allows)).toEqual([
      true,
      false,
      true,
      false,
      true,
    ]);
  });
});
