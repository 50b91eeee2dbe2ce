import type { LinkNow } from '../../../console/view/now';
import { reasonsQuery } from '../look/queries';
import type { RouterLog } from '../look/log';
import type { HostTraffic } from './traffic';

type Reasons = ReadonlyMap<string, LinkNow['failures']>;

const HOUR_MS = 3_600_000;
const SOONEST_MS = 60_000;
/** So many failed attempts are trouble worth a look into the log. */
const TROUBLED = 3;
/** Of a host whose reasons nobody has looked up. */
const UNKNOWN = 'see its requests';

/**
 * Why hosts fail now. Metrics only count failures, so the log is looked through, while there are any: after each look there is a pause as
 * long as keeps looks within `hourUsd`.
 */
export function createReasons(log: RouterLog, hourUsd: number, windowMs: number) {
  let last: Reasons = new Map();
  let notBefore = -Infinity;
  return async (traffic: ReadonlyMap<string, HostTraffic>): Promise<Reasons> => {
    const troubled = [...traffic].filter(([, { failed }]) => failed >= TROUBLED);
    if (troubled.length === 0) return new Map();
    const now = Date.now();
    if (now >= notBefore) {
      notBefore = now + SOONEST_MS;
      // Whoever may not read the log, or not for so little, sees all else.
      const look = await log.look(reasonsQuery(), { from: now - windowMs, to: now }, hourUsd).catch(() => undefined);
      notBefore = now + Math.max(SOONEST_MS, ((look?.costUsd ?? 0) / hourUsd) * HOUR_MS);
      last = grouped(look?.rows ?? []);
    }
    return new Map(troubled.map(([host, { failed }]) => [host, last.get(host) ?? { [UNKNOWN]: failed }]));
  };
}

function grouped(rows: readonly Readonly<Record<string, string>>[]): Reasons {
  const hosts = new Map<string, Record<string, number>>();
  for (const { host, outcome, failures } of rows) {
    if (host === undefined || outcome === undefined) continue;
    hosts.set(host, { ...hosts.get(host), [outcome]: Number(failures) });
  }
  return hosts;
}
