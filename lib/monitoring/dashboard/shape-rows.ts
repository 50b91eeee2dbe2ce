import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { ShapeKind } from '../../router/shape/router-shape';
import type { RouterMetrics } from '../router-metrics';
import { graph, GREY, heading, hostColor, RED } from './widgets';

type Rows = (metrics: RouterMetrics) => cloudwatch.IWidget[][];

const webFunctionRows: Rows = (metrics) => [
  [heading('Web function')],
  [
    graph({
      title: 'Environments that did not start',
      label: 'in 5 minutes',
      width: 12,
      metrics: [metrics.startFailures()],
    }),
    graph({
      title: 'Answers with a status from 500',
      label: 'in 5 minutes',
      width: 12,
      metrics: [metrics.webSearch('HTTPResponseStatusClass5XX')],
    }),
  ],
];

const fargateRows: Rows = (metrics) => [
  [heading('Tasks and load balancer')],
  [
    graph({
      title: 'Tasks',
      label: 'tasks',
      metrics: [
        metrics.ofTargets('HealthyHostCount', 'Maximum', { label: 'healthy', color: hostColor(2) }),
        metrics.ofTargets('UnHealthyHostCount', 'Maximum', { label: 'unhealthy', color: RED }),
      ],
      marks: [{ value: metrics.maxTasks, label: 'at most', color: GREY }],
    }),
    graph({
      title: 'CPU and memory',
      label: 'percent of a task',
      metrics: [
        metrics.ofService('CPUUtilization', 'Average', { label: 'CPU' }),
        metrics.ofService('MemoryUtilization', 'Average', { label: 'memory' }),
      ],
    }),
    graph({
      title: 'Errors of the load balancer',
      label: 'in 5 minutes',
      metrics: [metrics.ofBalancer('HTTPCode_ELB_5XX_Count', 'Sum', { label: '502, 503, 504', color: RED })],
    }),
  ],
];

/** What the router runs as. Lambda's own metrics are in its console; the others' are nowhere else beside each other. */
export const SHAPE_ROWS: Readonly<Record<ShapeKind, Rows>> = {
  lambda: () => [],
  webFunction: webFunctionRows,
  fargate: fargateRows,
};
