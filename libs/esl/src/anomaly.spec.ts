import { AnomalyCounter, redactedSample } from './anomaly';
import type { EslAnomaly } from './anomaly';
import { silentLog } from './esl-log';

describe('redactedSample', () => {
  it.each([
    ['{"Caller":"+79161234567","ext":"101"}', '{"Caller":"+###########","ext":"101"}'],
    ['two\r\nlines\0\u2028', 'two lines '],
    ['x'.repeat(200), 'x'.repeat(80)],
  ])('%j', (text, sample) => {
    expect(redactedSample(text)).toBe(sample);
  });
});

describe('AnomalyCounter', () => {
  it('counts each kind apart, tells of every one and logs the 1st, 10th, 100th', () => {
    const seen: EslAnomaly[] = [];
    const logged: unknown[] = [];
    const counter = new AnomalyCounter((anomaly) => seen.push(anomaly), {
      ...silentLog,
      warn: (details) => logged.push(details),
    });

    counter.report('late-reply', 'x');
    for (let i = 0; i < 120; i++) counter.report('malformed-event', String(i));

    expect(seen).toHaveLength(121);
    expect(seen.at(-1)).toEqual({ kind: 'malformed-event', count: 120, sample: '119' });
    expect(logged).toEqual([
      { kind: 'late-reply', count: 1, sample: 'x' },
      { kind: 'malformed-event', count: 1, sample: '0' },
      { kind: 'malformed-event', count: 10, sample: '9' },
      { kind: 'malformed-event', count: 100, sample: '99' },
    ]);
  });

  it('survives a handler that throws', () => {
    const errors: string[] = [];
    const counter = new AnomalyCounter(
      () => {
        throw new Error('bug');
      },
      { ...silentLog, error: (_details, message) => errors.push(message) },
    );

    counter.report('late-reply', 'x');

    expect(errors).toEqual(['the anomaly handler failed']);
  });
});
