/** A jest reporter that leaves how a run ended in the file JEST_OUTCOME names, for the closing lines of `./run test`. */
const { writeFileSync } = require('node:fs');
const { relative } = require('node:path');
const { stripVTControlCharacters } = require('node:util');

/** What is kept of a failure: the beginning says what went wrong, jest has printed all of it long before. */
const LINES = 30;

module.exports = class OutcomeReporter {
  /** A test file that cannot even be loaded counts as one failure. */
  onRunComplete(_contexts, results) {
    const outcome = {
      passed: results.numPassedTests,
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
      failures: results.testResults.flatMap(failuresOf),
    };
    writeFileSync(process.env.JEST_OUTCOME, JSON.stringify(outcome));
  }
};

function failuresOf({ testFilePath, testExecError, testResults }) {
  const file = relative(process.cwd(), testFilePath);
  const failed = testResults.filter(({ status }) => status === 'failed');
  if (testExecError && failed.length === 0)
    return [
      { file, test: 'cannot be loaded', said: beginning(testExecError.message ?? String(testExecError)) },
    ];
  return failed.map(({ fullName, failureMessages }) => ({
    file,
    test: fullName,
    said: beginning(failureMessages.join('\n')),
  }));
}

function beginning(text) {
  const lines = stripVTControlCharacters(text)
    .split('\n')
    .filter((line) => !/^\s+at .*(node_modules|node:internal)/.test(line));
  return lines.length > LINES ? [...lines.slice(0, LINES), '…'].join('\n') : lines.join('\n');
}
