/** One word on a host in the trace of a request: `host:reason, host:ok`. */
export interface TraceStep {
  readonly host: string;
  readonly word: string;
  /** Why it was not asked; undefined for a call. */
  readonly passedBy: string | undefined;
}

const PASSED_BY: readonly (readonly [RegExp, (word: string) => string])[] = [
  [/^skipped-drained$/, () => 'drained by an operator'],
  [/^skipped-(.+)$/, (reason) => `resting: ${reason}`],
  [/^lacks-(.+)$/, (feature) => `has no ${feature}`],
  [/^(no-such-model)$/, () => 'does not have the model'],
  [/^(no-key-left)$/, () => 'all its keys rest'],
];

export function readTrace(trace: string): TraceStep[] {
  if (trace === '') return [];
  return trace.split(', ').map((step) => {
    // Names of hosts may have a colon, reasons have none.
    const at = step.lastIndexOf(':');
    const word = step.slice(at + 1);
    return { host: step.slice(0, at), word, passedBy: whyPassedBy(word) };
  });
}

function whyPassedBy(word: string): string | undefined {
  for (const [pattern, why] of PASSED_BY) {
    const match = pattern.exec(word);
    if (match) return why(match[1] ?? '');
  }
  return undefined;
}
