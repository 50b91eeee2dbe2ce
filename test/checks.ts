/** For test programs of their own, beside jest: one line a check, and a count at the end. */
export interface Checks {
  /** Runs on after a failure. */
  check(name: string, run: () => Promise<void> | void): Promise<void>;
  /** Prints the count, and makes the process fail if a check has failed. */
  finish(): void;
}

export function createChecks(): Checks {
  let passed = 0;
  let failed = 0;
  return {
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
    finish() {
      console.log(`${passed} passed, ${failed} failed`);
      process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
    },
  };
}
