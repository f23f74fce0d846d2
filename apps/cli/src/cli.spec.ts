import { runCli } from './cli';
import { MemoryTerminal } from './testing/memory-terminal';

const ENV = {
  DATABASE_URL: 'postgres://connector:hunter2@127.0.0.1:1/connector',
  QUEUE_URL: 'postgres://connector:hunter2@127.0.0.1:1/queue',
  SECRET_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
};

async function run(args: readonly string[], env: Record<string, string> = ENV) {
  const terminal = new MemoryTerminal();
  return { code: await runCli(args, env, terminal), terminal };
}

describe('the command line', () => {
  it.each([
    [[], /doctor[^]*portals <command>[^]*call --user/],
    [['call', '--help'], /--line/],
    [['help'], /doctor/],
    [['doctor', '--help'], /Exit codes/],
    [['portals'], /re-key/],
    [['portals', 'lines', '--help'], /--delete-in-portal/],
  ])('%j tells what there is', async (args, text) => {
    const { code, terminal } = await run(args);
    expect(code).toBe(0);
    expect(terminal.written.join('\n')).toMatch(text);
  });

  it.each([
    [['portal'], 'There is no command "portal"'],
    [['portals', 'frobnicate'], 'portals <command>'],
    [['call', '--user', '1001'], 'call --user EXTENSION --to NUMBER'],
    [['doctor', 'acme'], 'doctor [--portal'],
    [['doctor', '--nothing'], 'The option --nothing is not understood'],
    [['doctor', '--wait', 'long'], '--wait takes a number of seconds'],
  ])('%j is not understood: 2', async (args, text) => {
    const { code, terminal } = await run(args);
    expect(code).toBe(2);
    expect(terminal.all).toContain(text);
  });

  it('says which settings are missing, and ends with 2', async () => {
    const { code, terminal } = await run(['portals', 'list'], {});
    expect(code).toBe(2);
    expect(terminal.all).toMatch(/DATABASE_URL[^]*QUEUE_URL[^]*SECRET_KEYS/);
  });

  it('has a doctor who says which settings are missing, and ends with 2', async () => {
    const { code, terminal } = await run(['doctor', '--json'], { SECRET_KEYS: 'hunter2' });
    expect(code).toBe(2);
    const { verdict, findings } = JSON.parse(terminal.written.join('')) as {
      verdict: string;
      findings: { check: string; level: string; text: string; cure: string }[];
    };
    expect(verdict).toBe('red');
    expect(findings.map(({ text }) => text.split(/[:[]/)[0])).toEqual([
      'DATABASE_URL',
      'QUEUE_URL',
      'SECRET_KEYS',
    ]);
    for (const { check, cure } of findings)
      expect([check, cure]).toEqual(['environment', expect.stringMatching('env.md')]);
    expect(terminal.all).not.toContain('hunter2');
  });

  it('says that the database is away, and ends with 1', async () => {
    const { code, terminal } = await run(['portals', 'list']);
    expect(code).toBe(1);
    expect(terminal.all).toContain('Postgres cannot be reached');
    expect(terminal.all).not.toContain('hunter2');
  });

  it('has a doctor who looks at the rest when the database is away', async () => {
    const { code, terminal } = await run(['doctor', '--json']);
    expect(code).toBe(1);
    const report = JSON.parse(terminal.written.join('')) as { findings: { check: string; level: string }[] };
    const levels = Object.fromEntries(report.findings.map(({ check, level }) => [check, level]));
    expect(levels).toMatchObject({
      environment: 'yellow',
      postgres: 'red',
      queue: 'red',
      'public-door': 'red',
    });
    expect(terminal.all).not.toContain('hunter2');
  });
});
