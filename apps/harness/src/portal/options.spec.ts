import { UsageError } from '../usage-error';
import { portalOptions } from './options';

describe('the options of the portal', () => {
  it('have defaults', () => {
    expect(portalOptions([])).toEqual({
      port: 8400,
      host: '127.0.0.1',
      name: undefined,
      portals: 1,
      companyFile: undefined,
      rateFactor: 1,
      enterprise: false,
      crmMode: undefined,
      errorCodes: 'documented',
      seed: 1,
      redirectUri: 'http://localhost:3000/',
      json: false,
    });
  });

  it('are read', () => {
    const args = [
      '--port=0',
      '--portals',
      '3',
      '--rate-factor',
      '0.5',
      '--enterprise',
      '--crm-mode',
      'simple',
    ];
    expect(portalOptions([...args, '--error-codes', 'field', '--company', 'a.yaml'])).toMatchObject({
      port: 0,
      portals: 3,
      rateFactor: 0.5,
      enterprise: true,
      crmMode: 'simple',
      errorCodes: 'field',
      companyFile: 'a.yaml',
    });
  });

  it.each([
    ['--port', '70000'],
    ['--port', '80.5'],
    ['--portals', '0'],
    ['--portals', '21'],
    ['--rate-factor', '0'],
    ['--rate-factor', 'fast'],
    ['--crm-mode', 'deals'],
    ['--error-codes', 'none'],
    ['--seed', '-1'],
    ['--redirect-uri', '/oauth'],
    ['--colour', 'red'],
    ['portal', ''],
  ])('are refused with a sentence: %s %s', (...args) => {
    expect(() => portalOptions(args)).toThrow(UsageError);
  });
});
