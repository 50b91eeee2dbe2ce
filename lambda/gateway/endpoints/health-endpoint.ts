import { type OverrideEntry, REGION_HOST } from '../../../lib/contract';
import type { GatewayResponse } from '../../engine/gateway';
import { json } from '../json-response';
import type { GatewayParts } from '../gateway-parts';

/** What is told: to anybody no more than how it stands. */
export type HealthDetail = 'status' | 'hosts';

/** 200 while any host can serve; with the hosts, the body says which, why the others cannot, and what the table has told. */
export function reportHealth(
  { planner, state, shared, region }: GatewayParts,
  requestId: string,
  detail: HealthDetail,
): GatewayResponse {
  const now = state.clock.now();
  const states = state.health.snapshot(now);
  const report = [...planner.hosts.values()].map(({ host }) => {
    const models = states.filter((entry) => entry.host === host.name);
    const override = state.overrides.get(host.name, now);
    const isServing =
      !isTakenOut(override) &&
      (models.length === 0 || models.some((entry) => entry.state !== 'open' && entry.state !== 'cooling'));
    return { name: host.name, kind: host.kind, serving: isServing, override: override && shown(override), models };
  });
  const taken = state.overrides.get(REGION_HOST, now);
  const isLost = isTakenOut(taken) || (shared !== undefined && isCutOff(shared, now));
  const able = report.filter((host) => host.serving).length;
  const serving = able > 0 && !isLost;
  const status = !serving ? 'down' : able === report.length ? 'ok' : 'degraded';
  const code = serving ? 200 : 503;
  // A word for a health check to look for, which is the same whether one host is down or none.
  if (detail === 'status') return json(code, { status, serving }, requestId);
  const whatIsShared = shared && { readAt: shared.lastRead.at, told: told(shared, now) };
  const ofRegion = { ...(region !== undefined && { region }), ...(taken && { taken: shown(taken) }) };
  return json(
    code,
    { status, serving, ...ofRegion, hosts: report, ...(whatIsShared && { shared: whatIsShared }) },
    requestId,
  );
}

/** The canary has found no host that answers from here. It looks again before its word ends. */
function isCutOff({ lastRead }: NonNullable<GatewayParts['shared']>, now: number): boolean {
  return lastRead.entries.some(
    (entry) => entry.type === 'health' && entry.host === REGION_HOST && entry.state === 'down' && now < entry.until,
  );
}

function isTakenOut(override: OverrideEntry | undefined): boolean {
  return override?.action === 'drain' || override?.action === 'drill';
}

/** Without who set it: this is not only read by operators. */
function shown({ action, percent, until, at }: OverrideEntry): object {
  return { action, percent, until, at };
}

/** What routers and canary have told of outages that last or have just ended. */
function told({ lastRead }: NonNullable<GatewayParts['shared']>, now: number): object[] {
  return lastRead.entries.flatMap((entry) => {
    if (entry.type !== 'health' || (entry.state === 'down' && entry.until <= now)) return [];
    const { host, scope, state, until, reason, at } = entry;
    return [{ host, scope, state, until, reason, at }];
  });
}
