import fc from 'fast-check';

/** Numbers to dial into a random dialplan: few, so that its expressions fit often. */
export const RANDOM_DESTINATIONS = ['1', '12', '21', '333', 'x1'] as const;

const EXPRESSIONS = ['^1', '2$', '^(\\d)(\\d)?', '(1|3)', '^$', 'x', '^(.)(.*)$', '.', '^\\D'];
const FIELDS = ['destination_number', '${noted}', '${destination_number:-1}'];
const BREAKS = ['', ' break="on-true"', ' break="on-false"', ' break="always"', ' break="never"'];
const NESTED = ['', ' require-nested="false"', ' require-nested="true"'];

const action = fc
  .tuple(fc.constantFrom('action', 'anti-action'), fc.nat(999), fc.constantFrom('', ' loop="2"'))
  .map(([element, id, loop]) => `<${element} application="log" data="debug ${id} $1 \${2}"${loop}/>`);
/** Later conditions see what it noted. */
const inline = fc
  .tuple(fc.constantFrom('action', 'anti-action'), fc.constantFrom('$1', '3', 'x2'))
  .map(([element, value]) => `<${element} application="set" data="noted=${value}" inline="true"/>`);
const actions = fc.array(fc.oneof({ weight: 3, arbitrary: action }, inline), { maxLength: 3 });

const field = fc
  .tuple(fc.constantFrom(...FIELDS), fc.constantFrom(...EXPRESSIONS))
  .map(([name, expression]) => `field="${name}" expression="${expression}"`);
/** Always or never true, whenever the test runs. */
const time = fc.constantFrom('year="2000-2999"', 'hour="0-23"', 'year="1999"');

/** No captures from variables: FreeSWITCH 1.11 reads freed memory there, and our reader refuses it. */
const fieldOfRegex = field.filter((one) => !/field="\$.*expression=".*\(/.test(one));
const regexes = fc
  .tuple(
    fc.constantFrom('all', 'any', 'xor'),
    fc.array(fc.oneof(fieldOfRegex, time), { minLength: 1, maxLength: 3 }),
  )
  .map(([rule, tests]) => ({
    test: ` regex="${rule}"`,
    children: tests.map((one) => `<regex ${one}/>`).join(''),
  }));
const test = fc.oneof(
  { weight: 5, arbitrary: field.map((one) => ({ test: ` ${one}`, children: '' })) },
  { weight: 1, arbitrary: time.map((one) => ({ test: ` ${one}`, children: '' })) },
  { weight: 1, arbitrary: fc.constant({ test: '', children: '' }) },
  { weight: 2, arbitrary: regexes },
);

function conditions(depth: number): fc.Arbitrary<string> {
  const inner = depth === 0 ? fc.constant('') : fc.oneof(fc.constant(''), conditions(depth - 1));
  const one = fc
    .tuple(test, fc.constantFrom(...BREAKS), fc.constantFrom(...NESTED), actions, inner)
    .map(
      ([asked, breaks, nested, told, inside]) =>
        `<condition${asked.test}${breaks}${nested}>${asked.children}${told.join('')}${inside}</condition>`,
    );
  return fc.array(one, { minLength: 1, maxLength: 3 }).map((list) => list.join('\n'));
}

const extension = fc
  .tuple(fc.boolean(), conditions(2))
  .map(([goesOn, inside]) => `<extension name="e" continue="${goesOn}">\n${inside}\n</extension>`);

/**
 * Contexts `random-0`, `random-1` ... of extensions in which everything occurs that a dialplan can ask: the same for the
 * same seed.
 */
export function randomDialplan(seed: number, contexts: number): string {
  return fc
    .sample(fc.array(extension, { minLength: 1, maxLength: 4 }), { seed, numRuns: contexts })
    .map((extensions, index) => `<context name="random-${index}">\n${extensions.join('\n')}\n</context>`)
    .join('\n');
}
