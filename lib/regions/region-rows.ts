import { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { METRICS } from '../contract';
import type { FailoverGateway } from '../gateway/failover-gateway';
import { graph, heading, hostColor, RED } from '../monitoring/dashboard/widgets';
import { RouterMetrics } from '../monitoring/router-metrics';

/** Both regions side by side, in the dashboard of either. */
export function addRegionRows(
  scope: Construct,
  gateway: FailoverGateway,
  other: FailoverGateway,
  HealthCheckId: string,
): void {
  const both = [gateway, other].map((each) => ({
    region: Stack.of(each).region,
    metrics: new RouterMetrics(each.router),
  }));
  const lines = (name: (typeof METRICS)[keyof typeof METRICS]): cloudwatch.IMetric[] =>
    both.map(({ region, metrics }, at) => metrics.of(name, { region, label: region, color: hostColor(at) }));
  const green = new cloudwatch.Metric({
    namespace: 'AWS/Route53',
    metricName: 'HealthCheckStatus',
    // Wherever the region is that is looked at.
    region: 'us-east-1',
    statistic: 'Minimum',
    dimensionsMap: { HealthCheckId },
    label: Stack.of(gateway).region,
    color: RED,
  });
  gateway.dashboard?.dashboard.addWidgets(heading('Both regions'));
  gateway.dashboard?.dashboard.addWidgets(
    graph({ title: 'Requests by region', label: 'in 5 minutes', width: 6, metrics: lines(METRICS.requests) }),
    graph({ title: 'Answered by a fallback', label: 'in 5 minutes', width: 6, metrics: lines(METRICS.failovers) }),
    graph({ title: 'No host could serve', label: 'in 5 minutes', width: 6, metrics: lines(METRICS.exhausted) }),
    graph({ title: 'Route 53 finds it well', label: '1: it does', width: 6, metrics: [green] }),
  );
  const [own, others] = [gateway.alarms.serviceDown, other.alarms._serviceDownArn];
  if (own === undefined || others === undefined || gateway.dashboard === undefined) return;
  const alarms = [own, cloudwatch.Alarm.fromAlarmArn(scope, 'OtherServiceDown', others)];
  gateway.dashboard.dashboard.addWidgets(
    new cloudwatch.AlarmStatusWidget({ title: 'Service down', alarms, width: 24, height: 2 }),
  );
}
