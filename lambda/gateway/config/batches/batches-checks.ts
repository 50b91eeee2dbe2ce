import type { RouterConfig } from '../../../../lib/contract';
import { jobsProblems } from './jobs-checks';

/** Some host has to take batches, or the router has to be let. */
export function batchesProblems({ hosts, batches }: RouterConfig): string[] {
  if (batches === undefined) return [];
  const { jobs = {}, fullPriceUsdPerDay = 0 } = batches;
  const problems = jobsProblems(jobs, hosts);
  if (fullPriceUsdPerDay > 0 || Object.keys(jobs).length > 0) return problems;
  if (hosts.some(({ kind }) => kind === 'anthropic')) return problems;
  return ['batches: no host takes any; add a host of kind anthropic, "jobs" of a cloud, or a "fullPriceUsdPerDay"'];
}
