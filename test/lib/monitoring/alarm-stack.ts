import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as sns from 'aws-cdk-lib/aws-sns';
import { AuditTrail } from '../../../lib/governance/audit/audit-trail';
import { FailoverAlarms, type FailoverAlarmsProps } from '../../../lib/monitoring/alarms/failover-alarms';
import type { FailoverRouterProps } from '../../../lib/router/router-props';
import { OutsideView } from '../../../lib/monitoring/canary/outside-view';
import { newStack, routerIn } from '../router/router-stack';

export interface AlarmJson {
  readonly AlarmName: string;
  readonly AlarmDescription: unknown;
  readonly AlarmActions?: readonly unknown[];
  readonly OKActions?: readonly unknown[];
  readonly Metrics?: readonly Record<string, unknown>[];
  readonly MetricName?: string;
  readonly [property: string]: unknown;
}

/** Every alarm there is. */
export const EVERYTHING: Partial<FailoverAlarmsProps> = {
  canary: { endpointCheck: true, quotaHosts: ['bedrock'] },
  keyReminder: true,
  cacheHitRate: {},
  responseCacheHits: {},
  otherModels: {},
  monthlySpend: { threshold: 5000 },
};

type Routed = (stack: Stack) => Partial<FailoverRouterProps>;

/** The router that has them. */
export const WATCHED: Routed = (stack) => ({
  queue: {},
  batches: { canary: true },
  audit: new AuditTrail(stack, 'Audit'),
});

export function alarmsIn(
  props: Partial<FailoverAlarmsProps> = EVERYTHING,
  router: Routed | Partial<FailoverRouterProps> = props === EVERYTHING ? WATCHED : {},
) {
  const stack = newStack();
  const [pageTopic, noticeTopic] = [new sns.Topic(stack, 'Page'), new sns.Topic(stack, 'Notice')];
  const watched = routerIn(stack, typeof router === 'function' ? router(stack) : router);
  const construct = new FailoverAlarms(stack, 'Alarms', { router: watched, pageTopic, noticeTopic, ...props });
  if (props.canary) {
    const url = 'https://claude.example.com';
    construct._watchOutside(new OutsideView(stack, 'OutsideView', { router: watched, url }));
    construct._watchRegion('us-west-2', false);
  }
  const template = Template.fromStack(stack);
  const all = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
    ({ Properties }) => Properties as AlarmJson,
  );
  const composites = Object.values(template.findResources('AWS::CloudWatch::CompositeAlarm')).map(
    ({ Properties }) => Properties as AlarmJson,
  );
  return {
    construct,
    template,
    all,
    composites,
    names: all.map(({ AlarmName }) => AlarmName.replace('Stack/Alarms/', '')).sort(),
    named: (name: string) => all.find(({ AlarmName }) => AlarmName === `Stack/Alarms/${name}`),
  };
}
