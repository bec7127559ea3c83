import Mocha from 'mocha';
import { missingFor } from './capability.js';

/** The spec report, what was skipped and why, then one plain last line `N passed, N failed` for scripts. */
export default class SummaryReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const skips = new Map<string, number>();
    runner.on('pending', (test) => {
      const reason = missingFor(test) ?? 'a reason that nobody stated';
      skips.set(reason, (skips.get(reason) ?? 0) + 1);
    });
    runner.once('end', () => {
      for (const [reason, count] of skips) console.log(`${count} skipped for want of ${reason}`);
      const { passes, failures } = this.stats;
      console.log(`${passes} passed, ${failures} failed`);
    });
  }
}
