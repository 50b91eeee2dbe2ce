import type { Health } from '../core/health';
import type { GatewayResponse } from '../core/gateway';
import type { ChainHost } from '../core/plan';
import { json } from './json-response';

/** `GET /health`: 200 while any host can serve; the body says which, and why the others cannot. */
export function reportHealth(
  hosts: ReadonlyMap<string, ChainHost>,
  health: Health,
  now: number,
  requestId: string,
): GatewayResponse {
  const states = health.snapshot(now);
  const report = [...hosts.values()].map(({ host }) => {
    const models = states.filter((entry) => entry.host === host.name);
    const isServing = models.length === 0 || models.some(({ state }) => state !== 'open' && state !== 'cooling');
    return { name: host.name, kind: host.kind, serving: isServing, models };
  });
  const serving = report.filter((host) => host.serving).length;
  const status = serving === report.length ? 'ok' : serving > 0 ? 'degraded' : 'down';
  return json(serving > 0 ? 200 : 503, { status, hosts: report }, requestId);
}
