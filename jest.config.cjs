/**
 * Three kinds of test, told apart by suffix: `.spec.ts` needs nothing, `.int-spec.ts` needs Postgres and a queue
 * (`./run test` starts them and passes their addresses), `test/*.e2e-spec.ts` starts the apps as processes.
 */
const { readFileSync } = require('node:fs');
const { compilerOptions } = JSON.parse(readFileSync(`${__dirname}/tsconfig.json`, 'utf8'));

const moduleNameMapper = Object.fromEntries(
  Object.entries(compilerOptions.paths).map(([alias, [target]]) => [
    `^${alias}$`,
    `<rootDir>/${target.replace('./', '')}/index.ts`,
  ]),
);
const shared = {
  rootDir: __dirname,
  testEnvironment: 'node',
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.cache', '<rootDir>/.run'],
  moduleNameMapper,
  transform: { '^.+\\.(ts|js|mjs)$': '<rootDir>/jest.swc.cjs' },
  transformIgnorePatterns: [
    '/node_modules/(?!(@nestjs|file-type|strtok3|token-types|uint8array-extras|@tokenizer|load-esm|@borewit|sip.js|qs-esm)/)',
  ],
};

module.exports = {
  // Of the tests of a file that run side by side: they play on switches of their own, for which a moment matters.
  maxConcurrency: 2,
  // Phones and databases of other tests keep the machine busy meanwhile: the default of 5 s told of that alone. A project
  // cannot have a limit of its own, jest would ignore it.
  testTimeout: 30_000,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/{apps,libs}/**/*.spec.ts'],
    },
    {
      ...shared,
      displayName: 'int',
      testMatch: ['<rootDir>/{apps,libs}/**/*.int-spec.ts'],
    },
    { ...shared, displayName: 'e2e', testMatch: ['<rootDir>/test/**/*.e2e-spec.ts'] },
  ],
};
