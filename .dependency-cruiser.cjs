/** The directions of dependency (docs/architecture.md). */
const rule = (name, from, to) => ({ name, severity: 'error', from, to });
const TEST = '\\.(spec|int-spec|e2e-spec)\\.ts$';

module.exports = {
  forbidden: [
    rule('no-circular', {}, { circular: true }),
    rule(
      'leaves-know-no-other-lib',
      { path: '^libs/(calls|esl|bitrix24|queues|config)/', pathNot: TEST },
      { path: '^libs/', pathNot: '^libs/$1/' },
    ),
    rule(
      'specs-of-leaves-know-the-testkit-alone',
      { path: `^libs/(calls|esl|bitrix24|queues|config)/.*${TEST}` },
      { path: '^libs/', pathNot: ['^libs/$1/', '^libs/testkit/'] },
    ),
    rule(
      'observe-knows-esl-and-calls',
      { path: '^libs/observe/', pathNot: TEST },
      { path: '^libs/', pathNot: '^libs/(observe|esl|calls)/' },
    ),
    rule(
      'store-knows-calls',
      { path: '^libs/store/', pathNot: TEST },
      { path: '^libs/', pathNot: '^libs/(store|calls|config)/' },
    ),
    rule(
      'sync-knows-calls-bitrix24-store',
      { path: '^libs/sync/', pathNot: TEST },
      { path: '^libs/', pathNot: '^libs/(sync|calls|bitrix24|store)/' },
    ),
    rule(
      'portals-knows-bitrix24-store',
      { path: '^libs/portals/', pathNot: TEST },
      { path: '^libs/', pathNot: '^libs/(portals|bitrix24|store)/' },
    ),
    rule(
      'clicks-knows-calls',
      { path: '^libs/clicks/', pathNot: TEST },
      { path: '^libs/', pathNot: '^libs/(clicks|calls)/' },
    ),
    rule(
      'observability-knows-config',
      { path: '^libs/observability/', pathNot: TEST },
      { path: '^libs/', pathNot: '^libs/(observability|config)/' },
    ),
    rule(
      'calls-is-pure',
      { path: '^libs/calls/src/', pathNot: TEST },
      { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-peer', 'npm-optional'] },
    ),
    rule(
      'enter-by-the-door',
      { path: '^(?:apps|libs)/([^/]+)/' },
      { path: '^libs/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/(contract/)?index\\.ts$'] },
    ),
    rule('apps-do-not-meet', { path: '^apps/([^/]+)/' }, { path: '^apps/', pathNot: '^apps/$1/' }),
    rule(
      'testkit-stays-in-tests',
      { path: '^(apps|libs)/', pathNot: ['^apps/harness/', '^libs/testkit/', TEST] },
      { path: '^libs/testkit/' },
    ),
    rule(
      'fake-portal-sees-the-contract-only',
      { path: '^libs/testkit/', pathNot: TEST },
      { path: '^libs/bitrix24/', pathNot: '^libs/bitrix24/src/contract/' },
    ),
    rule(
      'typeorm-only-in-store',
      { path: '^(apps|libs)/', pathNot: '^libs/store/' },
      { path: 'node_modules/(typeorm|@nestjs/typeorm)/' },
    ),
    rule(
      'modesl-only-in-esl',
      { path: '^(apps|libs)/', pathNot: '^libs/esl/' },
      { path: 'node_modules/modesl/' },
    ),
    rule(
      'bullmq-only-in-apps',
      { path: '^libs/', pathNot: ['^libs/queues/', TEST] },
      { path: 'node_modules/(bullmq|@nestjs/bullmq)/' },
    ),
    rule(
      'nest-only-in-apps',
      { path: '^libs/', pathNot: '^libs/(store|observability)/' },
      { path: 'node_modules/@nestjs/' },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|coverage)/' },
  },
};
