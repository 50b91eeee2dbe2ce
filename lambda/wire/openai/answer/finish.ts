/** What other servers call the end of an answer, under Anthropic's names. Unknown words end a turn. */
const STOP_REASONS = new Map([
  ['length', 'max_tokens'],
  ['max_tokens', 'max_tokens'],
  ['model_length', 'max_tokens'],
  ['content_filter', 'refusal'],
  ['safety', 'refusal'],
  ['sensitive', 'refusal'],
  ['recitation', 'refusal'],
  ['prohibited_content', 'refusal'],
  ['blocklist', 'refusal'],
  ['spii', 'refusal'],
]);

/** Ends that are none: the server gave up. */
const FAILURES: ReadonlySet<string> = new Set([
  'abort',
  'aborted',
  'error',
  'insufficient_system_resource',
  'malformed_function_call',
  'network_error',
]);

export const stopReason = (finish: string): string => STOP_REASONS.get(finish.toLowerCase()) ?? 'end_turn';

export const isFailure = (finish: string): boolean => FAILURES.has(finish.toLowerCase());
