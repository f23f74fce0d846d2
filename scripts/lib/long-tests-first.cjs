const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * The order of the test files. Those that start whole processes take longest by far, however short their text is: begun last,
 * one of them would keep a single worker busy while the others have nothing left to do.
 */
module.exports = class LongTestsFirst extends Sequencer {
  sort(tests) {
    const startsProcesses = ({ context }) => context.config.displayName?.name === 'e2e';
    const usual = super.sort(tests);
    return [...usual.filter(startsProcesses), ...usual.filter((test) => !startsProcesses(test))];
  }
};
