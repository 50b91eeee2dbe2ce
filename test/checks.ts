/** For test programs of their own, beside jest: one line a check, and a count at the end. */
export interface Checks {
  /** Runs on after a failure. */
  check(name: string, run: () => Promise<void> | void): Promise<void>;
  /** All of a program, on what is set up for it and closed behind it. */
  runToItsEnd<Stage extends { close(): Promise<void> }>(
    name: string,
    setUp: () => Promise<Stage>,
    run: (stage: Stage) => Promise<void>,
  ): Promise<void>;
  /** Prints the count, and makes the process fail if a check has failed. */
  finish(): void;
}

export function createChecks(): Checks {
  let passed = 0;
  let failed = 0;
  const checks: Checks = {
    async check(name, run) {
      try {
        await run();
        passed += 1;
        console.log(`ok      ${name}`);
      } catch (error) {
        failed += 1;
        const why = error instanceof Error ? error.message : String(error);
        console.log(`FAILED  ${name}\n        ${why.replaceAll('\n', '\n        ')}`);
      }
    },
    async runToItsEnd(name, setUp, run) {
      await checks.check(name, async () => {
        const stage = await setUp();
        try {
          await run(stage);
        } finally {
          await stage.close();
        }
      });
      checks.finish();
    },
    finish() {
      console.log(`${passed} passed, ${failed} failed`);
      process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
    },
  };
  return checks;
}
