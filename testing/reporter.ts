import type { Reporter, TestModule, TestRunEndReason } from 'vitest/node';

/**
 * Prints `N passed, N failed, N skipped` alone on the last line of the run. The checks that ran before the tests
 * (`CHECKS_PASSED`, `CHECKS_FAILED`) count as tests; so does a file that could not be loaded, as failed.
 */
export default class LastLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[], reason: TestRunEndReason): void {
    const tests = modules.flatMap((module) =>
      [...module.children.allTests()].map((test) => test.result().state),
    );
    const count = (state: string) => tests.filter((one) => one === state).length;
    const unloaded = modules.filter(
      (module) => module.state() === 'failed' && module.children.size === 0,
    ).length;
    const passed = count('passed') + Number(process.env['CHECKS_PASSED'] ?? 0);
    const failed = count('failed') + unloaded + errors.length + Number(process.env['CHECKS_FAILED'] ?? 0);
    const skipped = count('skipped') + count('pending');
    // At the very end: other reporters and tools may still print.
    process.once('exit', () => {
      const lost = failed === 0 && reason !== 'passed' ? 1 : 0;
      process.stdout.write(`${passed} passed, ${failed + lost} failed, ${skipped} skipped\n`);
    });
  }
}
