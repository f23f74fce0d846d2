import { inspect } from 'node:util';
import { QueryFailedError } from 'typeorm';
import { StoreError, storeError } from './store-error';

/** As the driver throws them. */
function thrown(code: string, more: object = {}): Error {
  return Object.assign(new Error(`refused: ${code}`), { code, ...more });
}

describe('what a statement threw', () => {
  it.each([
    ['21000', 'the same row twice'],
    ['22P05', 'a character no text takes'],
    ['23502', 'nothing where something must be'],
    ['23503', 'a row that is not there'],
    ['23505', 'one that is there already'],
    ['23514', 'a rule broken'],
    ['54000', 'more than the server takes'],
  ])('%s is the data: %s', (code) => {
    expect(storeError(thrown(code))).toMatchObject({
      kind: 'bad-row',
      verdict: 'ask-a-person',
      sqlState: code,
    });
  });

  it.each([
    ['08006', 'connection failure'],
    ['40001', 'serialization failure'],
    ['40P01', 'deadlock'],
    ['42P01', 'no such table: not migrated yet'],
    ['53300', 'too many connections'],
    ['55P03', 'lock not available'],
    ['57014', 'statement timeout'],
    ['57P01', 'shut down by an administrator'],
  ])('%s is not the data: %s', (code) => {
    expect(storeError(thrown(code))).toMatchObject({ kind: 'unavailable', verdict: 'retry', sqlState: code });
  });

  it('is not Postgres speaking when the connection failed', () => {
    const refused = thrown('ECONNREFUSED');
    expect(storeError(refused)).toMatchObject({ kind: 'unavailable', sqlState: undefined, cause: refused });
  });

  it('names the rule that was broken, and leaves out the row and the values', () => {
    const error = storeError(
      thrown('23514', {
        constraint: 'portal_endpoint_safe',
        table: 'portal',
        detail: 'Failing row contains (secret-token).',
        parameters: ['secret-token'],
      }),
    );
    expect(error).toMatchObject({ constraint: 'portal_endpoint_safe', table: 'portal' });
    expect(error.cause).toBeUndefined();
    expect(JSON.stringify(error)).not.toContain('secret-token');
  });

  it('leaves out the values of a statement that got no answer', () => {
    const silence = new Error('Query read timeout');
    const error = storeError(new QueryFailedError('INSERT INTO portal', ['secret-token'], silence));
    expect(error).toMatchObject({ kind: 'unavailable', message: 'Query read timeout', cause: silence });
    expect(inspect(error, { depth: 9 })).not.toContain('secret-token');
  });

  it('stays what it is when it is a StoreError already', () => {
    const error = new StoreError('written by somebody else', { kind: 'conflict' });
    expect(storeError(error)).toBe(error);
  });

  it('may be anything', () => {
    expect(storeError('no error at all')).toMatchObject({ kind: 'unavailable', message: 'no error at all' });
  });
});
