import { createMetrics } from './metrics';

describe('metrics', () => {
  it('are told under their names and labels', async () => {
    const metrics = createMetrics('worker', { ofProcess: false });
    metrics.eslEvents.inc({ name: 'CHANNEL_CREATE' });
    metrics.syncSteps.inc({ method: 'telephony.externalcall.finish', verdict: 'done' });
    metrics.groupCommitSize.observe(7);
    const text = await metrics.registry.metrics();
    expect(text).toContain('connector_esl_events_total{name="CHANNEL_CREATE",app="worker"} 1');
    expect(text).toContain(
      'connector_sync_steps_total{method="telephony.externalcall.finish",verdict="done",app="worker"} 1',
    );
    expect(text).toContain('connector_group_commit_size_bucket{le="10",app="worker"} 1');
  });

  it('of two apps in one process do not meet', async () => {
    const [one, other] = [createMetrics('gateway'), createMetrics('worker')];
    one.anomalies.inc({ kind: 'late-event' });
    expect(await other.registry.metrics()).not.toContain('late-event');
  });
});
