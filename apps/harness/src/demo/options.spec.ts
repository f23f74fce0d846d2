import { UsageError } from '../usage-error';
import { DEMO_USAGE, demoOptions } from './options';

describe('the options of the demo', () => {
  it('have defaults, and --json implies --once', () => {
    expect(demoOptions([])).toEqual({
      once: false,
      json: false,
      speed: 1,
      recorded: false,
      target: undefined,
    });
    const recorded = demoOptions(['--recorded', '--json', '--speed', '4']);
    expect(recorded).toMatchObject({ once: true, json: true, speed: 4, recorded: true });
  });

  it('are told to who asks for help', () => {
    expect(() => demoOptions(['--help'])).toThrow(new UsageError(DEMO_USAGE));
  });

  it.each([
    ['--recorded', '--speed=0'],
    ['--speed', '4'],
    ['--target', 'asterisk'],
    ['--recorded', '--target=embedded'],
    ['--recorded', '--speed=fast'],
    ['--recorded', '--speed=100'],
    ['--twice'],
    ['now'],
  ])('are refused with a sentence: %s %s', (...args) => {
    expect(() => demoOptions(args)).toThrow(UsageError);
  });
});
