import type { OverrideStore } from '../../cli/override-store';
import { ok, warning, type Diagnosis } from '../diagnosis';

/** A drain that somebody forgot is a fallback that is not there. */
export async function overrides(open: OverrideStore): Promise<Diagnosis[]> {
  const found = await open.list();
  if (found.length === 0) return [ok('health table', 'no host is drained or in a drill')];
  return found.map(({ host, action, percent, by, at, until }) =>
    warning(
      `host ${host}`,
      `${action === 'weight' ? `${percent} % of the conversations` : action} by ${by} since ${new Date(at).toISOString()}, until ${new Date(until).toISOString()}`,
      action === 'weight' ? 'claude-failover weights --clear' : `claude-failover undrain ${host}`,
    ),
  );
}
