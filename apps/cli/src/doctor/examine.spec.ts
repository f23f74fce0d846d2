import { examine, part, type Examination } from './examine';
import { green, red, worst, yellow } from './finding';

const examination = (changes: Partial<Examination>): Examination => ({
  check: 'x',
  withinMs: 60_000,
  run: () => Promise.resolve([green('x', 'fine')]),
  ...changes,
});

describe('an examination', () => {
  it('that breaks or hangs costs the others nothing, and keeps its place', async () => {
    const findings = await examine([
      examination({
        check: 'breaks',
        about: 'acme',
        run: () => Promise.reject(new Error('the disk is full')),
      }),
      examination({ check: 'hangs', withinMs: 1, run: () => new Promise(() => undefined) }),
      examination({ about: 'main' }),
    ]);
    expect(findings).toMatchObject([
      { check: 'breaks', level: 'red', about: 'acme', text: 'This could not be checked: the disk is full' },
      { check: 'hangs', level: 'red', text: 'This could not be checked: no answer within 0 s' },
      { check: 'x', level: 'green', about: 'main' },
    ]);
  });

  it('may break in parts', async () => {
    expect(await part('x', () => Promise.reject(new Error('no')))).toMatchObject([{ level: 'red' }]);
    expect(await part('x', () => Promise.resolve([green('x', 'yes')]))).toMatchObject([{ level: 'green' }]);
  });

  it('tells no secret, whatever an error quotes', async () => {
    const key = 'k'.repeat(43);
    const said = `postgres://connector:hunter2@db/x refused https://c.example/bitrix24/${key}/events?access_token=abc`;
    const [finding] = await examine([examination({ run: () => Promise.reject(new Error(said)) })]);
    expect(finding?.text).not.toMatch(/hunter2|kkk|abc/);
  });
});

it('the worst of all counts', () => {
  expect(worst([])).toBe('green');
  expect(worst([green('a', ''), yellow('b', '', '')])).toBe('yellow');
  expect(worst([red('a', '', ''), yellow('b', '', '')])).toBe('red');
});
