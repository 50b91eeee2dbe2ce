import { Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { AlarmOptions } from './alarm-options';
import type { AlarmDefinition } from './alarm-definition';
import { alarmName } from './alarm-name';
import type { RouterMetrics } from '../router-metrics';
import { ValidationError } from '../../validation-error';

/** As Markdown renderers make it of a heading. */
export const anchorOf = (heading: string): string => heading.toLowerCase().replaceAll(' ', '-');

/** Where the texts of alarms lead. */
export interface AlarmLinks {
  /** Address of a heading in the runbook. */
  runbook(heading: string): string;
  readonly statusPages: Readonly<Record<string, string>>;
}

/** Symptom, likely causes, the first command, and where to read on. */
export function alarmText(
  { symptom, causes, namesStatusPages, check, heading }: AlarmDefinition,
  { router }: RouterMetrics,
  threshold: number,
  links: AlarmLinks,
): string {
  const pages = namesStatusPages ? Object.values(links.statusPages) : [];
  return [
    symptom.replace('{threshold}', String(threshold)),
    `Likely: ${causes}`,
    ...(pages.length > 0 ? [`Status: ${pages.join(' ')}`] : []),
    `First: ${check(router)}`,
    `Runbook: ${links.runbook(heading)}`,
  ].join('\n');
}

/** The alarm of a definition, without anybody it tells. */
export function makeAlarm(
  scope: Construct,
  definition: AlarmDefinition,
  metrics: RouterMetrics,
  threshold: number,
  links: AlarmLinks,
): cloudwatch.Alarm {
  const { id, period, periods = 1, comparison, silenceBreaches, warmUpPeriods = 0 } = definition;
  const alarm = new cloudwatch.Alarm(scope, id, {
    alarmName: alarmName(scope, id),
    alarmDescription: alarmText(definition, metrics, threshold, links),
    metric: definition.metric(metrics.every(period)),
    threshold,
    comparisonOperator: comparison ?? cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: periods,
    treatMissingData: silenceBreaches
      ? cloudwatch.TreatMissingData.BREACHING
      : cloudwatch.TreatMissingData.NOT_BREACHING,
  });
  if (warmUpPeriods > 0) {
    // The oldest CDK that is supported does not know it.
    (alarm.node.defaultChild as cloudwatch.CfnAlarm).addPropertyOverride('WarmUpConfiguration', {
      WarmUpPeriodDurationInMinutes: warmUpPeriods * period.toMinutes(),
    });
  }
  return alarm;
}

export function checkThreshold(scope: Construct, prop: string, { threshold }: AlarmOptions): void {
  if (threshold === undefined || Token.isUnresolved(threshold) || (Number.isFinite(threshold) && threshold > 0)) return;
  throw new ValidationError(
    scope,
    `'${prop}.threshold' must be above 0, got ${threshold}; to be without the alarm, say 'enabled: false'`,
  );
}
