import { HealthReport } from './health';

const NOON = Date.parse('2026-01-01T12:00:00Z');

describe('the health report', () => {
  it('is not ready before every component has been up', () => {
    const health = new HealthReport(['database', 'switch main']);
    health.up('database');
    expect(health.snapshot()).toMatchObject({
      ready: false,
      components: [
        { name: 'database', state: 'up' },
        { name: 'switch main', state: 'down', reason: 'not started yet' },
      ],
    });
    health.up('switch main');
    expect(health.snapshot().ready).toBe(true);
  });

  it('tells why a component is down and since when, whatever the reasons in between', () => {
    let now = NOON;
    const health = new HealthReport(['database'], () => now);
    health.up('database');
    now += 1_000;
    health.down('database', 'connection refused');
    now += 5_000;
    health.down('database', 'starting up');
    expect(health.snapshot().components).toEqual([
      { name: 'database', state: 'down', reason: 'starting up', since: '2026-01-01T12:00:01.000Z' },
    ]);
  });

  it('has no reason for a component that is up again', () => {
    const health = new HealthReport(['queue']);
    health.up('queue');
    expect(health.snapshot().components[0]).not.toHaveProperty('reason');
  });

  it('forgets a component that is gone', () => {
    const health = new HealthReport(['switch main']);
    health.remove('switch main');
    expect(health.snapshot()).toEqual({ ready: true, components: [] });
  });
});
