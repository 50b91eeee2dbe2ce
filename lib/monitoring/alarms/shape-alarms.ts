import { Duration } from 'aws-cdk-lib';
import type { ShapeKind } from '../../router/shape/router-shape';
import { AlarmSeverity } from './alarm-options';
import { type AlarmDefinition, tail } from './alarm-definition';
import { ROUTER_ALARMS } from './router-alarms';

const { PAGE, NOTICE } = AlarmSeverity;
const period = Duration.minutes(5);

/** What a web function tells. Of its throttles and environments no page names a metric. */
const WEB_FUNCTION_ALARMS = {
  routerErrors: {
    id: 'Errors',
    heading: 'Environments not starting',
    severity: PAGE,
    meansDown: true,
    threshold: 2,
    period,
    metric: (metrics) => metrics.startFailures(),
    symptom: 'Environments of the web function do not start, and what they were started for gets an error.',
    causes:
      'a configuration it cannot read, a secret it may not read, a code package that is gone, a start of over 10 s.',
    check: (router) => tail(router, '{ $.type = "platform.initReport" && $.record.status = "failure" }'),
  },
} as const satisfies Record<string, AlarmDefinition>;

/** What a load balancer tells of the tasks behind it. */
const FARGATE_ALARMS = {
  routerErrors: {
    id: 'Errors',
    heading: 'Load balancer errors',
    severity: PAGE,
    meansDown: true,
    threshold: 2,
    period,
    metric: (metrics) => metrics.ofBalancer('HTTPCode_ELB_5XX_Count', 'Sum'),
    symptom:
      'The load balancer answers for the router with 502, 503 or 504: no task takes the request, or one has broken it off.',
    causes: 'tasks that do not start or crash, memory that is used up, a security group that shuts the balancer out.',
    check: (router) => tail(router, '?Error ?CRITICAL ?"Cannot find module"'),
  },
  unhealthyTasks: {
    id: 'UnhealthyTasks',
    heading: 'Tasks unhealthy',
    severity: NOTICE,
    threshold: 1,
    period,
    periods: 3,
    metric: (metrics) => metrics.ofTargets('UnHealthyHostCount', 'Minimum'),
    symptom:
      'A task behind the load balancer has not answered its health check for 15 minutes, and none has taken its place.',
    causes: 'a task that hangs or cannot start, an image or code that cannot be fetched, no address left in a subnet.',
    check: (router) => tail(router, '?Error ?CRITICAL'),
  },
  tasksAtMost: {
    id: 'TasksAtMost',
    heading: 'Tasks at their most',
    severity: NOTICE,
    // Of `maxTasks`, percent.
    threshold: 100,
    period,
    periods: 3,
    metric: (metrics) => {
      const tasks = metrics.ofTargets('HealthyHostCount', 'Maximum');
      return metrics.math(`100 * tasks / ${metrics.maxTasks}`, { tasks }, 'Tasks, percent of the most');
    },
    symptom: 'As many tasks run as may run, for 15 minutes: more traffic makes each of them slower.',
    causes: "traffic that has grown, a 'maxTasks' that was meant for less.",
    check: () => "raise 'maxTasks' of RouterShape.fargate(), and deploy",
  },
} as const satisfies Record<string, AlarmDefinition>;

export type ShapeAlarmName = keyof typeof ROUTER_ALARMS | keyof typeof FARGATE_ALARMS;

/** Alarms of what a router runs as. An alarm that means the same in two shapes has one name. */
export const SHAPE_ALARMS: Readonly<Record<ShapeKind, Partial<Record<ShapeAlarmName, AlarmDefinition>>>> = {
  lambda: ROUTER_ALARMS,
  webFunction: WEB_FUNCTION_ALARMS,
  fargate: FARGATE_ALARMS,
};
