import type { AttemptLine, RequestLine } from '../../../console/view/lines';
import type { GatewayNow, LinkNow } from '../../../console/view/now';

export const AT = Date.UTC(2026, 10, 21, 9, 0, 0);

export const requestLine = (own: Partial<RequestLine> = {}): RequestLine => ({
  kind: 'request',
  requestId: 'gw_1',
  endedAt: AT,
  durationMs: 900,
  endpoint: 'messages',
  model: 'claude-opus-5-5',
  client: 'support',
  stream: true,
  outcome: 'answered',
  host: 'anthropic',
  isFailover: false,
  attempts: 1,
  trace: 'anthropic:ok',
  dropped: [],
  weight: 1,
  ...own,
});

export const attemptLine = (own: Partial<AttemptLine> = {}): AttemptLine => ({
  kind: 'attempt',
  requestId: 'gw_1',
  endedAt: AT - 500,
  elapsedMs: 300,
  attempt: 1,
  host: 'anthropic',
  model: 'claude-opus-5-5',
  outcome: 'overloaded',
  ...own,
});

export const link = (host: string, own: Partial<LinkNow> = {}): LinkNow => ({
  host,
  kind: host,
  models: [],
  checks: [],
  share: 0,
  failures: {},
  ...own,
});

export const gatewayNow = (own: Partial<GatewayNow> = {}): GatewayNow => ({
  name: 'Claude',
  region: 'us-east-1',
  url: 'http://127.0.0.1:1',
  at: AT,
  links: [link('anthropic', { share: 1 }), link('bedrock')],
  traffic: { minutes: 5, requests: 100, failed: 0, failovers: 0, costUsd: 0 },
  alarms: [],
  ...own,
});
