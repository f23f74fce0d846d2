import { UsageError } from '../../usage-error';
import { checkBounds, loadOptions } from './options';

it('without options it is a load that any machine manages, on a portal that is no limit', () => {
  expect(loadOptions([])).toEqual({
    cps: 5,
    seconds: 30,
    mix: { inbound: 0.7, outbound: 0.2, queue: 0.1 },
    seed: 1,
    drainSeconds: 60,
    limit: { capacity: 10_000, drainPerSecond: 1_000 },
    target: 'embedded',
    engine: undefined,
    json: undefined,
  });
});

it.each([
  ['standard', { capacity: 50, drainPerSecond: 2 }],
  ['enterprise', { capacity: 250, drainPerSecond: 5 }],
  ['50/20', { capacity: 50, drainPerSecond: 20 }],
])('a portal takes what was said: %s', (rate, limit) => {
  expect(loadOptions(['--portal-rate', rate]).limit).toEqual(limit);
});

it.each([
  [['--cps', '0'], '--cps takes a number from 0.1 to 100.'],
  [['--cps', 'many'], '--cps takes a number from 0.1 to 100.'],
  [['--duration', '100000'], '--duration takes a number from 1 to 3600.'],
  [['--cps', '0.1', '--duration', '5'], 'This would be no call at all: raise --cps or --duration.'],
  [
    ['--mix', 'fax=1'],
    '--mix takes kinds with weights, such as inbound=70,outbound=20,queue=10: not "fax=1".',
  ],
  [['--target', 'asterisk'], '--target is embedded or freeswitch.'],
  [['--sipp', '--phones'], '--sipp and --phones exclude each other.'],
  [
    ['--portal-rate', '0/5'],
    '--portal-rate is free, standard, enterprise, or BUCKET/PER_SECOND such as 50/20.',
  ],
  [['--speed', '1'], "Unknown option '--speed'"],
])('%j is refused', (args, message) => {
  expect(() => loadOptions(args)).toThrow(UsageError);
  expect(() => loadOptions(args)).toThrow(message);
});

it('what an engine does not manage is refused, with what to do', () => {
  const order = loadOptions(['--cps', '25', '--duration', '60']);
  expect(() => checkBounds(order, 'sipp')).not.toThrow();
  expect(() => checkBounds(order, 'phones')).toThrow(/--cps goes to 20.*apt-get install sip-tester/);
  const long = loadOptions(['--cps', '20', '--duration', '3600']);
  expect(() => checkBounds(long, 'phones')).toThrow('72000 calls are too many for phones');
  expect(() => checkBounds(long, 'sipp')).toThrow('at most 20000');
});
