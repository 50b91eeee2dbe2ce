import type { HostConfig } from '../../../lib/contract';
import { costUsd, tokenCounts } from '../../../lib/catalog/prices';
import type { Usage } from '../../engine/answer';
import type { Host } from '../../engine/host';
import type { RequestRecord } from './telemetry';

/** What telemetry makes of an answer's token counters. */
export function usageFigures(
  model: string,
  usage: Usage,
  config: HostConfig | undefined,
  host?: Pick<Host, 'cost'>,
): Pick<RequestRecord, 'costUsd' | 'cacheHitRate' | 'tokens'> {
  const { cacheRead, cacheWrite5m, cacheWrite1h, prompt, output } = tokenCounts(usage);
  const usesCache = cacheRead + cacheWrite5m + cacheWrite1h > 0;
  return {
    costUsd: host?.cost ? host.cost(model, usage) : costUsd(model, usage, config),
    tokens: prompt + output,
    cacheHitRate: usesCache ? (100 * cacheRead) / prompt : undefined,
  };
}
