import type { Headers } from '../../../engine/headers';

const FROM_HOST = new Set([
  'content-type',
  'retry-after',
  'retry-after-ms',
  'x-should-retry',
  'anthropic-organization-id',
  'anthropic-workspace-id',
]);

/** Headers of the host that answered, as far as clients read them. */
export function answerHeaders(headers: Headers): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined && (FROM_HOST.has(name) || name.startsWith('anthropic-ratelimit-'))) kept[name] = value;
  }
  return kept;
}
