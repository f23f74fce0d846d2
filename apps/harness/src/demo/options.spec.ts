import { UsageError } from '../usage-error';
import { demoOptions } from './options';

describe('the options of the demo', () => {
  it('have defaults, and --json implies --once', () => {
    expect(demoOptions([])).toEqual({ once: false, json: false, speed: 1 });
    expect(demoOptions(['--json', '--speed', '4'])).toEqual({ once: true, json: true, speed: 4 });
  });

  it.each([['--speed', '0'], ['--speed', 'fast'], ['--speed=100'], ['--twice'], ['now']])(
    'are refused with a sentence: %s %s',
    (...args) => {
      expect(() => demoOptions(args)).toThrow(UsageError);
    },
  );
});
