import { createLogger } from './logger';
import { NestLogger } from './nest-logger';
import { HIDDEN } from './redact';

function capture(level = 'trace') {
  const lines: string[] = [];
  const logger = createLogger({
    app: 'gateway',
    level,
    destination: { write: (line) => void lines.push(line) },
  });
  const last = () => JSON.parse(lines.at(-1) ?? 'null') as Record<string, unknown>;
  return { logger, lines, last };
}

describe('the logger', () => {
  it('writes one line of JSON that names app, level and time', () => {
    const { logger, lines, last } = capture();
    logger.info({ callId: 'c1' }, 'call started');
    expect(lines).toHaveLength(1);
    expect(last()).toMatchObject({ app: 'gateway', level: 'info', callId: 'c1', msg: 'call started' });
    expect(Date.parse(String(last().time))).not.toBeNaN();
  });

  it('keeps a caller name with line ends and terminal codes within its line', () => {
    const { logger, lines, last } = capture();
    const name = 'Eve\n{"level":"fatal","msg":"forged"}\r\u001b[2J';
    logger.warn({ name }, name);
    expect(lines.join('')).toMatch(/^[^\n\r\u001b]*\n$/);
    expect(last()).toMatchObject({ name, msg: name });
  });

  it('hides secrets in fields, messages, errors and what a child logger adds', () => {
    const { logger, lines } = capture();
    const url = 'postgres://connector:s3cr3t@db/calls';
    logger.child({ url }).error({ password: 's3cr3t', err: new Error(`cannot reach ${url}`) }, `lost ${url}`);
    logger.error(new Error(url));
    expect(lines.join('')).not.toContain('s3cr3t');
    expect(lines.join('')).toContain(HIDDEN);
  });

  it('tells an error with its type, text, stack and cause', () => {
    const { logger, last } = capture();
    logger.error(new TypeError('broken', { cause: new Error('why') }));
    expect(last()).toMatchObject({
      msg: 'broken',
      err: { name: 'TypeError', message: 'broken', cause: { message: 'why' } },
    });
  });

  it('writes nothing below its level', () => {
    const { logger, lines } = capture('warn');
    logger.info('quiet');
    expect(lines).toEqual([]);
  });
});

describe('the logger of Nest', () => {
  it.each([
    ['log', 'info'],
    ['warn', 'warn'],
    ['debug', 'debug'],
    ['verbose', 'trace'],
    ['fatal', 'fatal'],
  ] as const)('%s is our %s', (method, level) => {
    const { logger, last } = capture();
    new NestLogger(logger)[method]('started', 'NestApplication');
    expect(last()).toMatchObject({ level, msg: 'started', context: 'NestApplication' });
  });

  it('keeps the stack of an error', () => {
    const { logger, last } = capture();
    new NestLogger(logger).error('failed', 'at somewhere', 'ExceptionsHandler');
    expect(last()).toMatchObject({
      level: 'error',
      msg: 'failed',
      stack: 'at somewhere',
      context: 'ExceptionsHandler',
    });
  });
});
