/** A jest reporter that leaves the counts of a run in the file JEST_COUNTS names, for the closing line of `./run test`. */
const { writeFileSync } = require('node:fs');

module.exports = class CountReporter {
  /** A test file that cannot even be loaded counts as one failure. */
  onRunComplete(_contexts, results) {
    const counts = {
      passed: results.numPassedTests,
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
    };
    writeFileSync(process.env.JEST_COUNTS, JSON.stringify(counts));
  }
};
