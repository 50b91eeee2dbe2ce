import { isRecord } from '../../../local/json';
import type { LogEvent } from '../../../local/logs-insights/run-query';

/** Lines about requests. What stands before the JSON, a runtime client has put there. */
export const readEvents = (lines: readonly string[]): LogEvent[] =>
  lines.flatMap((line) => {
    const message = line.slice(Math.max(0, line.indexOf('{"')));
    const parsed: unknown = message.startsWith('{"') ? JSON.parse(message) : undefined;
    if (!isRecord(parsed) || typeof parsed['timestamp'] !== 'string') return [];
    return [{ at: Date.parse(parsed['timestamp']), message }];
  });
