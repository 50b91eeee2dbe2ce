/** Without times of an earlier run jest begins with the largest files; the longest test is a small one, and would run alone at the end. */
const { default: Sequencer } = require('@jest/test-sequencer');

const LONGEST =
  /(alarm-model|console)\/incidents\.test\.ts$|bin\/cli\.test\.ts$|e2e\/failover\.test\.ts$|lib\/stack\/jsii\.test\.ts$/;

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const isLong = ({ path }) => LONGEST.test(path);
    const sorted = super.sort(tests);
    return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
  }
};
