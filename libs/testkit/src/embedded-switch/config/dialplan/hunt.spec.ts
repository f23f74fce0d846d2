import { hunt, loadSwitchConfig, SwitchConfigError } from '../index';
import { removeConfFolders, withExtensions } from '../testing/conf-folder';
import { ToldCall } from '../testing/told-call';

afterEach(removeConfFolders);

interface Told {
  readonly destination?: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly at?: Date;
}

/** The data of the actions that a call gets, and the call as the hunt left it. */
function dial(extensions: string, told: Told = {}) {
  const config = loadSwitchConfig(withExtensions(extensions), {});
  const call = new ToldCall(config, { destination: '1001', ...told });
  const found = hunt(config, 'default', call);
  return { call, found, data: found?.actions.map(({ data }) => data) };
}

const extension = (name: string, inside: string, attributes = '') =>
  `<extension name="${name}" ${attributes}>${inside}</extension>`;
const says = (data: string) => `<action application="log" data="${data}"/>`;
const denies = (data: string) => `<anti-action application="log" data="${data}"/>`;
const dialled = (expression: string, inside = '', attributes = '') =>
  `<condition field="destination_number" expression="${expression}" ${attributes}>${inside}</condition>`;

describe('the hunt through a dialplan', () => {
  it('ends at the first extension that fits, unless it continues', () => {
    const plan = [
      extension('a', dialled('^2', says('a'))),
      extension('b', dialled('^1', says('b')), 'continue="true"'),
      extension('c', dialled('^1', says('c'))),
      extension('d', dialled('^1', says('d'))),
    ].join('');
    const { found, data } = dial(plan);
    expect({ first: found?.extension, data }).toEqual({ first: 'b', data: ['b', 'c'] });
    expect(dial(plan, { destination: '9' }).found).toBeUndefined();
  });

  it('finds nothing in a context that is not there', () => {
    const config = loadSwitchConfig(withExtensions(''), {});
    expect(hunt(config, 'elsewhere', new ToldCall(config, {}))).toBeUndefined();
  });

  it('asks all conditions, and stops at the first that fails', () => {
    const plan = extension('a', dialled('^1') + dialled('^9', says('nine')) + dialled('^1', says('one')));
    expect(dial(plan).found).toBeUndefined();
  });

  it('keeps the actions of conditions before the one that failed, and hunts on', () => {
    const plan =
      extension('a', dialled('^1', says('one')) + dialled('^9')) + extension('b', dialled('^1', says('b')));
    expect(dial(plan).data).toEqual(['one', 'b']);
  });

  it.each([
    ['on-false', ['first', 'second']],
    ['on-true', ['first']],
    ['always', ['first']],
    ['never', ['first', 'second']],
  ])('break="%s" after a condition that passes', (breaks, data) => {
    const plan = extension(
      'a',
      dialled('^1', says('first'), `break="${breaks}"`) + dialled('^1', says('second')),
    );
    expect(dial(plan).data).toEqual(data);
  });

  it.each([
    ['on-false', undefined],
    ['on-true', ['second']],
    ['always', undefined],
    ['never', ['second']],
  ])('break="%s" after a condition that fails', (breaks, data) => {
    const plan = extension(
      'a',
      dialled('^9', says('first'), `break="${breaks}"`) + dialled('^1', says('second')),
    );
    expect(dial(plan).data).toEqual(data);
  });

  it('takes anti-actions where a condition fails, and is content with the extension then', () => {
    const plan =
      extension('a', dialled('^9', says('yes') + denies('no'))) + extension('b', dialled('^1', says('b')));
    expect(dial(plan).data).toEqual(['no']);
  });

  it('puts captures into the data, and only when there are some', () => {
    expect(
      dial(extension('a', dialled('^(1)(0*)(\\d)(9)?$', says('$1-${2}-$3-$4-$0-$x-${y}')))).data,
    ).toEqual(['1-00-1--1001-$x-${y}']);
    expect(dial(extension('a', dialled('^1001$', says('$1')))).data).toEqual(['$1']);
  });

  it('leaves what it captured on the channel', () => {
    const { call } = dial(extension('a', dialled('^(1)0(01)$', says(''))));
    expect(call.variables.get('DP_MATCH')).toEqual(['1001', '1', '01']);
  });

  it('compares variables, of the channel before those of the switch, with expressions that hold variables', () => {
    const plan = extension(
      'a',
      `<condition field="\${who} in \${where}" expression="^\${who} in .$">${says('yes')}</condition>`,
    );
    expect(dial(plan, { variables: { who: 'anna', where: 'x' } }).data).toEqual(['yes']);
    expect(dial(plan, { variables: { who: 'anna' } }).found).toBeUndefined();
  });

  it('runs inline actions at once: a later condition sees what they did', () => {
    const plan =
      extension(
        'a',
        dialled('^(1)', '<action application="set" data="x=$1" inline="true"/>'),
        'continue="true"',
      ) + extension('b', `<condition field="\${x}" expression="^1$">${says('b')}</condition>`);
    expect(dial(plan)).toMatchObject({ data: ['b'], call: { inline: ['set x=1'] } });
    // The hunt was content with "a": the call ends as a plan without actions, not as a number that nobody has.
    expect(dial(plan.slice(0, plan.indexOf('<extension name="b"'))).found).toEqual({
      extension: 'a',
      actions: [],
    });
  });

  it('repeats an action, takes its text for the data, and knows conditions without a question', () => {
    const plan = extension(
      'a',
      '<condition><action application="log" data="x" loop="3"/><action application="log">text</action></condition>',
    );
    expect(dial(plan).data).toEqual(['x', 'x', 'x', 'text']);
  });

  it('asks inner conditions when the outer one fits, and makes them decide', () => {
    const inner = (attributes = '') =>
      extension(
        'a',
        dialled('^1', says('outer') + dialled('^10$', says('inner')), attributes) +
          dialled('^1', says('next')),
      );
    expect(dial(inner(), { destination: '10' }).data).toEqual(['outer', 'inner', 'next']);
    expect(dial(inner()).data).toEqual(['outer']);
    expect(dial(inner('require-nested="false"')).data).toEqual(['outer', 'next']);
    expect(dial(inner('break="never"')).data).toEqual(['outer', 'next']);
  });

  describe('with several expressions in one condition', () => {
    const regex = (rule: string, ...expressions: string[]) =>
      extension(
        'a',
        `<condition regex="${rule}">${expressions
          .map((expression) => `<regex field="destination_number" expression="${expression}"/>`)
          .join('')}${says('yes')}${denies('no')}</condition>`,
      );

    it.each([
      ['all', ['^1', '1$'], 'yes'],
      ['all', ['^1', '^2'], 'no'],
      ['any', ['^2', '^1'], 'yes'],
      ['any', ['^2', '^3'], 'no'],
      ['xor', ['^2', '^1'], 'yes'],
      ['xor', ['^1', '1$'], 'no'],
    ])('%s of %j', (rule, expressions, answer) => {
      expect(dial(regex(rule, ...expressions)).data).toEqual([answer]);
    });

    it('counts what the last one captured', () => {
      const plan = regex('all', '^(1)', '(01)$').replaceAll('yes', '$1');
      const { data, call } = dial(plan);
      expect(data).toEqual(['01']);
      expect(call.variables.get('DP_REGEX_MATCH_1')).toEqual(['1', '1']);
      expect(call.variables.get('DP_REGEX_MATCH_2')).toEqual(['01', '01']);
    });

    it('leaves open whether the extension fits where the last part is a time that does not', () => {
      const plan = (...times: string[]) =>
        extension(
          'a',
          `<condition regex="xor">${times.map((time) => `<regex ${time}/>`).join('')}${says('yes')}</condition>`,
        ) + extension('b', dialled('^1', says('b')));
      expect(dial(plan('year="2000-2999"', 'year="1999"')).data).toEqual(['yes']);
      expect(dial(plan('year="1999"', 'year="1998"')).data).toEqual(['b']);
    });

    it('goes on hunting after an xor whose last part failed, as FreeSWITCH does', () => {
      const plan = regex('xor', '^1', '^2') + extension('b', dialled('^1', says('b')));
      expect(dial(plan).data).toEqual(['yes', 'b']);
    });
  });

  it('looks at the clock', () => {
    const plan = extension(
      'a',
      `<condition wday="mon-fri" hour="9-17">${says('open')}${denies('closed')}</condition>`,
    );
    const at = (text: string) => dial(plan, { at: new Date(text) }).data;
    expect(at('2026-11-24T09:00:00')).toEqual(['open']);
    expect(at('2026-11-24T18:00:00')).toEqual(['closed']);
    expect(at('2026-11-28T12:00:00')).toEqual(['closed']);
    const zoned = (variables: Record<string, string>) =>
      dial(plan, { at: new Date('2026-11-24T23:30:00Z'), variables }).data;
    expect(zoned({ timezone: 'America/New_York' })).toEqual(['closed']);
    expect(zoned({ timezone: 'America/Los_Angeles' })).toEqual(['open']);
    expect(zoned({ tod_tz_offset: '-8', timezone: 'America/New_York' })).toEqual(['open']);
  });

  it.each([
    ['<condition fields="a" expression="b"/>', 'fields is unknown'],
    ['<condition field="caller_number" expression="b"/>', '${caller_number} is the variable'],
    ['<condition field="destination_number"/>', 'needs the attribute expression'],
    ['<condition expression="a"/>', 'expression without field'],
    ['<condition field="destination_number" expression="(?P&lt;x&gt;a)"/>', 'is not supported'],
    ['<condition field="destination_number" expression="[[:digit:]]"/>', 'POSIX classes'],
    ['<condition field="destination_number" expression="(1"/>', 'regular expression'],
    ['<condition field="destination_number" expression="a" hour="9"/>', 'time and field in one'],
    ['<condition hour="nine"/>', 'numbers and ranges'],
    ['<condition break="sometimes"/>', 'one of on-false, on-true, always, never'],
    ['<condition regex="some"/>', 'one of all, any, xor'],
    ['<condition><regex field="destination_number" expression="a"/></condition>', 'needs regex='],
    [
      '<condition regex="any"><regex field="${a}" expression="(b)"/><action application="log"/></condition>',
      'cannot capture from a variable',
    ],
    ['<condition><action aplication="log"/></condition>', 'aplication is unknown'],
    ['<condition><action application="log" loop="x"/></condition>', 'is no number'],
    ['<conditions/>', '<conditions> is unknown'],
  ])('refuses %s', (condition, why) => {
    const folder = withExtensions(`<extension name="a">\n${condition}\n</extension>`);
    expect(() => loadSwitchConfig(folder, {})).toThrow(SwitchConfigError);
    expect(() => loadSwitchConfig(folder, {})).toThrow(new RegExp(`^freeswitch\\.xml:4: .*${escaped(why)}`));
  });

  it('says which expression cannot be read once its variables are known', () => {
    const plan = `\n${extension('a', '<condition field="destination_number" expression="${x}"/>')}`;
    expect(() => dial(plan, { variables: { x: '(?>1)' } })).toThrow(/^freeswitch\.xml:4: .*\(\?>1/);
  });
});

function escaped(text: string): string {
  return text.replace(/[$()[\]{}.]/g, '\\$&');
}
