import type { Construct } from 'constructs';
import { CANARY_CLIENT, PROBE_CLIENT } from '../../contract';
import { resolveModels } from '../../catalog/resolve';
import type { FailoverRouter } from '../../router/failover-router';
import type { SpendNames } from '../dashboard/spend-rows';
import { SpendReport, type SpendReportProps } from './spend-report';
import type { SpendReportOptions } from './spend-report-options';

/** Clients that are part of the gateway itself. */
const OWN = [CANARY_CLIENT, PROBE_CLIENT];

/** Who and what the dashboard shows the cost of; undefined where it is not to. */
export function spendNames(router: FailoverRouter, { onDashboard = true }: SpendReportOptions): SpendNames | undefined {
  const { clients = [], models } = router._bound.config;
  if (!onDashboard) return undefined;
  const teams = clients.map(({ name }) => name).filter((name) => !OWN.includes(name));
  return { teams, models: resolveModels(models).models.map(({ id }) => id) };
}

/** The function that tells once a day, where there is anything to be told. */
export function tellOfSpend(
  scope: Construct,
  { daily = true, anomalies = true }: SpendReportOptions,
  props: Omit<SpendReportProps, 'tells'>,
): void {
  const tells = [...(daily ? (['daily'] as const) : []), ...(anomalies ? (['anomalies'] as const) : [])];
  if (tells.length > 0) new SpendReport(scope, 'SpendReport', { ...props, tells });
}
