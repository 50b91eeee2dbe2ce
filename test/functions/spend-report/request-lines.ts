import { createTelemetry } from '../../../lambda/gateway/telemetry/create-telemetry';
import type { RequestRecord } from '../../../lambda/gateway/telemetry/telemetry';
import type { LogEvent } from '../../../local/logs-insights/run-query';

export const RECORD: RequestRecord = {
  requestId: 'gw_1',
  endpoint: 'messages',
  model: 'claude-opus-5-5',
  client: 'alpha',
  stream: true,
  outcome: 'answered',
  host: 'anthropic',
  attempts: 1,
  trace: 'anthropic:ok',
  durationMs: 1000,
  usage: { input_tokens: 100, output_tokens: 20 },
  tokens: 120,
  costUsd: 0.5,
};

/** The line of a request as the router writes it: what is asked of a query stands in no other. */
export function requestLine(at: number, record: Partial<RequestRecord>, successes = 1): LogEvent | undefined {
  const lines: string[] = [];
  const write = (line: unknown): boolean => lines.push(String(line)) > 0;
  const spies = [process.stdout, process.stderr].map((stream) => jest.spyOn(stream, 'write').mockImplementation(write));
  const clock = { now: () => at, timer: () => ({ cancel: () => undefined }) };
  createTelemetry({ metrics: false, successes }, {}, clock, false, () => 0).request({ ...RECORD, ...record });
  for (const spy of spies) spy.mockRestore();
  const [message] = lines;
  return message === undefined ? undefined : { at, message };
}

export const requestLines = (at: number, ...records: readonly Partial<RequestRecord>[]): readonly LogEvent[] =>
  records.flatMap((record, index) => requestLine(at + index, record) ?? []);
