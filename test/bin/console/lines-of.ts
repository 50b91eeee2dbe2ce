import type { LogEvent } from '../../../local/logs-insights/run-query';

interface AttemptFields {
  readonly host: string;
  readonly outcome: string;
  readonly requestId?: string;
  readonly attempt?: number;
}

/** As the router writes them. */
export const attemptLines = (at: number, fields: AttemptFields, count = 1): LogEvent[] =>
  Array.from({ length: count }, (_, index) => ({
    at: at + index,
    message: JSON.stringify({
      level: 'WARN',
      message: 'attempt',
      timestamp: new Date(at + index).toISOString(),
      service: 'ClaudeFailover-Gateway-Router',
      requestId: 'gw_1',
      attempt: 1,
      model: 'claude-haiku-5-5',
      status: 529,
      row: 4,
      elapsedMs: 20,
      ...fields,
    }),
  }));
