import { VERBS } from './lexicon';
import { ScenarioFileError } from './mistakes';
import { readCast, readScenario } from './read-scenario';
import type { Scenario } from './scenario';

const CAST = readCast(
  'cast.yaml',
  `people:
  anna: { name: Anna Orlova, extension: 1001, user: 11 }
  boris: { extension: 1002, user: 12, phones: { desk: , mobile: { over: ws } } }
clients:
  ivan: { number: 79161234567 }
lines: { main: 74951234567 }
`,
);

const read = (text: string): Scenario => readScenario('a.yaml', text, CAST);
const withSteps = (...steps: string[]): string =>
  ['scenario: Test', 'people: [anna]', 'steps:', ...steps.map((step) => `  - ${step}`)].join('\n');

function mistakesIn(text: string): string[] {
  try {
    read(text);
    return [];
  } catch (error) {
    if (error instanceof ScenarioFileError) return error.message.split('\n');
    throw error;
  }
}

describe('a step', () => {
  it('is the same as a sentence and as a map', () => {
    const [sentence, map] = read(
      withSteps(
        'anna: transfers ivan to boris after 2s',
        '{ anna: { transfers: ivan, to: boris }, after: 2s }',
      ),
    ).steps;
    expect(sentence).toMatchObject({ args: { transfers: 'ivan', to: 'boris' }, afterMs: 2_000 });
    expect({ ...map, line: 0 }).toEqual({ ...sentence, line: 0 });
  });

  it('is written in the plural for several', () => {
    const [step] = read(withSteps("anna and boris's desk: see the card of ivan within 1.5s")).steps;
    expect(step?.subject.phones).toEqual([{ who: 'anna' }, { who: 'boris', device: 'desk' }]);
    expect(step).toMatchObject({ args: { 'sees the card of': 'ivan' }, withinMs: 1_500, line: 4 });
  });

  it('knows words of several words, numbers, and what is so when it is said', () => {
    const steps = read(
      withSteps(
        'ivan: calls main hiding his number',
        'ivan: calls main with the number unknown',
        'operator: sets defaultUserId to 12',
        'anna: declines with 603',
        'anna: calls **1001',
        'anna: hangs up',
      ),
    ).steps;
    expect(steps.map(({ args }) => args)).toEqual([
      { calls: 'main', 'hiding his number': true },
      { calls: 'main', 'with the number': 'unknown' },
      { sets: 'defaultUserId', to: '12' },
      { declines: true, with: 603 },
      { calls: '**1001' },
      {},
    ]);
  });

  it.each([
    ['anna: rins', 'a.yaml:4:5: "rins" is nothing that anna can do: did you mean "rings"?'],
    ['ana: rings', 'a.yaml:4:5: nobody is called "ana": did you mean "anna"?'],
    ['anna: transfers ivan', 'a.yaml:4:5: to is missing'],
    [
      'ivan: calls man',
      'a.yaml:4:5: "man" is nobody, no number of the company and no digits: did you mean "main"?',
    ],
    ['ivan: sees no card', 'a.yaml:4:5: ivan cannot do "sees no card"'],
    ['anna: hear each other', 'a.yaml:4:5: anna cannot do "hear each other": it takes two'],
    ['anna: rings within soon', 'a length of time is written like 2s, 500ms or 1min'],
    ['{ anna: answers, within: 2s }', '"within" makes no sense with "answers"'],
    ['anna: calls', '"calls" needs something after it: - ivan: calls main'],
    ['anna rings', 'a step is written "somebody: does something"'],
    ['{ anna: rings, boris: rings }', 'two do something here, "anna" and "boris": one step each'],
    ["boris's tablet: rings", 'boris has no phone called "tablet"'],
  ])('with a mistake says what was meant: %s', (step, message) => {
    expect(mistakesIn(withSteps(step)).join('\n')).toContain(message);
  });
});

describe('a file', () => {
  it('tells all its mistakes at once, in order', () => {
    const text = 'scenario: Test\ntag: [U1]\npeople: [anna, borris]\nsteps:\n  - anna: rings\n';
    expect(mistakesIn(text)).toEqual(['a.yaml:2:1: "tag" is unknown here: did you mean "tags"?']);
    expect(mistakesIn(text.replace('tag:', 'tags:').replace('rings', 'sings'))).toEqual([
      'a.yaml:3:16: "borris" is not in the cast: did you mean "boris"?',
      expect.stringContaining('a.yaml:5:5: "sings" is nothing that anna can do'),
    ]);
  });

  it('may change people and clients of the cast, and bring its own', () => {
    const { cast } = read(
      'scenario: Test\npeople: { anna: { when called: answers } }\nclients: { ivan: { when called: { refuses: 486 } }, olga: { number: 1234567 } }\nsteps:\n  - ivan: calls main\n',
    );
    expect(cast.people.find(({ id }) => id === 'anna')).toMatchObject({ extension: '1001', isThere: true });
    expect(cast.people.find(({ id }) => id === 'boris')?.isThere).toBe(false);
    expect(cast.clients.map(({ id, number }) => [id, number])).toEqual([
      ['ivan', '79161234567'],
      ['olga', '1234567'],
    ]);
  });

  it.each([
    ['clients: { olga: { name: Olga } }', 'olga has no number'],
    ['clients: { anna: { number: 123456 } }', '"anna" is the name of somebody or something else already'],
    ['people: { portal: { extension: 1005 } }', 'nobody can be called "portal"'],
    ['settings: { switch: { RING: 3 } }', 'a setting of the switch is called CONNECTOR_...'],
    ['tolerates: { filed twice: why not }', 'filed once'],
    ['then: { phones: { ivann: { rang: true } } }', 'nobody is called "ivann": did you mean "ivan"?'],
    ['then: { call: { outcome: anwsered } }', '"answered"'],
  ])('with a mistake says what is wrong: %s', (line, message) => {
    expect(mistakesIn(`scenario: Test\n${line}\nsteps:\n  - ivan: calls main\n`).join('\n')).toContain(
      message,
    );
  });

  it.each(['', 'steps: [', 'a: &a [*a]', '- 1', 'scenario: [1, 2]\nsteps: {}\n'])(
    'that is none is told so: %j',
    (text) => {
      expect(mistakesIn(text)[0]).toMatch(/^a\.yaml:\d+:\d+: ./);
    },
  );
});

it('every verb has an example that can be read', () => {
  for (const { example } of VERBS) expect([example, mistakesIn(withSteps(example))]).toEqual([example, []]);
});
