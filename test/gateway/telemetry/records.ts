import type { AttemptRecord } from '../../../lambda/engine/chain/plan';
import type { RequestRecord } from '../../../lambda/gateway/telemetry/telemetry';

export const attempt = (over: Partial<AttemptRecord> = {}): AttemptRecord => ({
  requestId: 'gw_1',
  attempt: 1,
  host: 'first',
  model: 'claude-opus-5-5',
  key: 'FIRST_KEY',
  outcome: 'ok',
  row: undefined,
  status: 200,
  hostRequestId: 'req_01',
  detail: undefined,
  elapsedMs: 700,
  ...over,
});

export const request = (over: Partial<RequestRecord> = {}): RequestRecord => ({
  requestId: 'gw_1',
  endpoint: 'messages',
  model: 'claude-opus-5-5',
  client: 'a "quoted" client\n',
  stream: true,
  attempts: 1,
  trace: 'first:ok',
  outcome: 'answered',
  host: 'first',
  hostRequestId: 'req_01',
  key: 'FIRST_KEY',
  isFailover: false,
  firstContentMs: 700,
  durationMs: 4200,
  dropped: [],
  usage: { input_tokens: 12, cache_creation: null, output_tokens: 301 },
  costUsd: 0.0123,
  tokens: 313,
  cacheHitRate: 12.5,
  stopReason: 'end_turn',
  ...over,
});
