import { GetHealthCheckStatusCommand, Route53Client } from '@aws-sdk/client-route-53';
import type { Deployed } from '../../deployed';
import { type Diagnosis, ok, problem } from '../../diagnosis';

/** More than this share of the checkers has to find a region well. */
const HEALTHY_SHARE = 0.18;

/** What Route 53's checkers find of each region. */
export function healthChecks(own: Deployed, other: Deployed): Promise<Diagnosis[]> {
  // Wherever the region is: Route 53 has one control plane.
  const client = new Route53Client({ region: 'us-east-1' });
  return Promise.all(
    [own, other].map(async ({ stack: { region, pair } }) => {
      const subject = `health check ${region}`;
      const { HealthCheckObservations: seen = [] } = await client.send(
        new GetHealthCheckStatusCommand({ HealthCheckId: pair?.healthCheck }),
      );
      const reports = seen.map(({ StatusReport }) => StatusReport?.Status ?? '');
      const well = reports.filter((status) => status.startsWith('Success')).length;
      const share = `${well} of ${reports.length} checkers find it well`;
      if (well > HEALTHY_SHARE * reports.length) return ok(subject, share);
      const [why = 'nobody has looked yet'] = reports.filter((status) => !status.startsWith('Success'));
      return problem(
        subject,
        `${share}: ${why}`,
        `curl -s https://${region}.${pair?.name}/health says how it stands there`,
      );
    }),
  );
}
