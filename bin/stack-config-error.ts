/** The message lists every problem of `failover.config.ts`, one a line. */
export class StackConfigError extends Error {
  override readonly name = 'StackConfigError';
  constructor(readonly problems: readonly string[]) {
    super(`failover.config.ts has ${problems.length} problem(s):\n${problems.join('\n')}`);
  }
}
