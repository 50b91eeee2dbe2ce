import { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { FALLBACK_BROKEN } from '../../contract';
import { type AlarmOptions, AlarmSeverity } from './alarm-options';
import type { AlarmTuning } from './alarm-tuning';
import type { IMonitoredRouter } from '../../router/monitored-router';
import type { OutsideView } from '../canary/outside-view';
import type { AlarmDefinition } from './alarm-definition';
import { checkCanary, checkMonitored } from './check-watched';
import { alarmName } from './alarm-name';
import { canaryAlarms, fallbackBroken, outsideBroken, otherRegionSilent, otherRegionTold } from './canary-alarms';
import { type AlarmLinks, anchorOf, checkThreshold, makeAlarm } from './make-alarm';
import { auditAlarms } from '../audit/audit-alarms';
import { type BatchAlarmName, batchAlarms } from '../batches/batch-alarms';
import { QUEUE_ALARMS } from '../queue/queue-alarms';
import { REQUEST_ALARMS } from './request-alarms';
import { RouterMetrics } from '../router-metrics';
import { Runbook } from '../runbook/runbook';
import { SHAPE_ALARMS, type ShapeAlarmName } from './shape-alarms';
import { checkTopic } from '../topics/check-topic';
import { SpendWatch } from '../spend-watch';
import { STATUS_PAGES } from './status-pages';
import { ValidationError } from '../../validation-error';
import type { WatchedCanary } from './watched-canary';

/** Properties of `FailoverAlarms`. */
export interface FailoverAlarmsProps extends AlarmTuning {
  /** Whose requests and hosts are watched. */
  readonly router: IMonitoredRouter;
  /** Whom pages wake. */
  readonly pageTopic: sns.ITopic;
  /** Who hears what can wait for working hours. */
  readonly noticeTopic: sns.ITopic;
  /**
   * The canary that publishes what it finds under the router's name.
   * @default - none, so that there are no alarms of it
   */
  readonly canary?: WatchedCanary;
  /**
   * Status pages of hosts that are linked in the texts of alarms where a host may be to blame, by name. They decide nothing.
   * @default - Anthropic's, AWS's and Google's
   */
  readonly statusPages?: { [name: string]: string };
  /**
   * Whether a key reminder publishes how many keys are overdue under the router's name.
   * @default false
   */
  readonly keyReminder?: boolean;
  /**
   * How long the log lines of the hourly look at the spend are kept.
   * @default logs.RetentionDays.THREE_MONTHS
   */
  readonly logRetention?: logs.RetentionDays;
}

const SERVICE_DOWN = 'ServiceDown';
/** Until the canary has looked whether the other region tells: a round of it, and the minute of an alarm. */
const HELD_SECONDS = 300;

type AlarmName =
  | keyof typeof REQUEST_ALARMS
  | keyof typeof QUEUE_ALARMS
  | keyof ReturnType<typeof auditAlarms>
  | BatchAlarmName
  | ShapeAlarmName
  | keyof ReturnType<typeof canaryAlarms>
  | 'endpointBroken'
  | 'quotaHeadroom';

/**
 * What wakes somebody, and what can wait. Every alarm says what is the matter, what it may come from, what to run first and where the
 * runbook goes on. Little traffic is never a reason to page: rates need requests, and only the canary is missed.
 */
export class FailoverAlarms extends Construct {
  /** The page for all that leaves clients without answers; undefined if it is switched off. */
  public readonly serviceDown?: cloudwatch.CompositeAlarm;
  /** Every alarm of one metric or expression. */
  public readonly alarms: cloudwatch.Alarm[] = [];
  /**
   * Those that take a deployment back.
   * @internal
   */
  public readonly _rollback: cloudwatch.Alarm[] = [];
  /**
   * Those that wake somebody.
   * @internal
   */
  public readonly _pages: cloudwatch.AlarmBase[] = [];
  /**
   * How their names begin.
   * @internal
   */
  public readonly _prefix: string;
  /**
   * Goes off for a canary that has not begun yet.
   * @internal
   */
  public readonly _canarySilent?: cloudwatch.Alarm;
  private readonly metrics: RouterMetrics;
  private readonly links: AlarmLinks;
  private readonly parts: cloudwatch.Alarm[] = [];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: FailoverAlarmsProps,
  ) {
    super(scope, id);
    this._prefix = alarmName(this, '');
    checkMonitored(this, props.router);
    if (props.canary) checkCanary(this, props.canary);
    checkTopic(this, 'pageTopic', props.pageTopic);
    checkTopic(this, 'noticeTopic', props.noticeTopic);
    this.metrics = new RouterMetrics(props.router);
    this.links = { runbook: this.runbook(props.runbookUrl), statusPages: props.statusPages ?? STATUS_PAGES };
    for (const [name, definition] of Object.entries(this.definitions()) as [AlarmName, AlarmDefinition][]) {
      const alarm = this.add(this, name, definition, props[name] ?? {});
      if (alarm && (name === 'routerErrors' || name === 'exhausted')) this._rollback.push(alarm);
      if (name === 'canarySilent') this._canarySilent = alarm;
    }
    if (props.canary) this.addFallbacks(props.canary, props.fallbackBroken ?? {});
    const publishesMonth = wantsMonth(this, props.monthlySpend);
    if (props.dailySpend?.enabled !== false || publishesMonth) {
      const { router, logRetention } = props;
      new SpendWatch(this, 'SpendWatch', { router, publishesMonth, logRetention });
    }
    if (this.parts.length > 0) this.serviceDown = this.pageOfAll(props.pageTopic);
  }

  /** @internal */
  public get _rollbackNames(): string[] {
    return this._rollback.map((alarm) => alarm.alarmName);
  }

  /**
   * Has an alarm of its own, beside the one page: it speaks up when only the way from the internet is broken, and when it is silent.
   * @internal
   */
  public _watchOutside(view: OutsideView): void {
    this.add(this, 'outsideBroken', outsideBroken(view), this.props.outsideBroken ?? {});
  }

  /**
   * Tells where the gateway of another region is silent. Where that `leads`, it is left to it to tell of what both see.
   * @internal
   */
  public _watchRegion(region: string, leads: boolean): void {
    const { canary = {}, otherRegion = {} } = this.props;
    this.add(this, 'otherRegion', otherRegionSilent(region, canary), otherRegion);
    if (!leads || this.serviceDown === undefined) return;
    const told = makeAlarm(this, otherRegionTold(region, canary), this.metrics, 1, this.links);
    const page = this.serviceDown.node.defaultChild as cloudwatch.CfnCompositeAlarm;
    page.actionsSuppressor = told.alarmArn;
    page.actionsSuppressorWaitPeriod = HELD_SECONDS;
    page.actionsSuppressorExtensionPeriod = HELD_SECONDS;
  }

  /**
   * The ARN of `serviceDown`, by names alone.
   * @internal
   */
  public get _serviceDownArn(): string | undefined {
    const { partition, region, account } = Stack.of(this);
    return this.serviceDown && `arn:${partition}:cloudwatch:${region}:${account}:alarm:${this._prefix}${SERVICE_DOWN}`;
  }

  private runbook(ownUrl: string | undefined): AlarmLinks['runbook'] {
    if (ownUrl !== undefined) return (heading) => `${ownUrl}#${anchorOf(heading)}`;
    const runbook = new Runbook(this, 'Runbook');
    return (heading) => runbook.linkTo(heading);
  }

  private definitions(): Partial<Record<AlarmName, AlarmDefinition>> {
    const { canary, keyReminder, cacheHitRate, responseCacheHits, otherModels, monthlySpend } = this.props;
    const {
      keyAge,
      cacheHitRate: cache,
      responseCacheHits: hits,
      otherModels: others,
      monthlySpend: month,
      ...requests
    } = REQUEST_ALARMS;
    return {
      ...SHAPE_ALARMS[this.metrics.shape],
      ...requests,
      ...(this.metrics.hasQueue && QUEUE_ALARMS),
      ...(this.metrics.auditFailure && auditAlarms(this.metrics.auditFailure)),
      ...batchAlarms(this.metrics),
      ...(keyReminder && { keyAge }),
      ...(cacheHitRate && { cacheHitRate: cache }),
      ...(responseCacheHits && { responseCacheHits: hits }),
      ...(otherModels && { otherModels: others }),
      ...(monthlySpend && { monthlySpend: month }),
      ...(canary && canaryAlarms(canary)),
    };
  }

  private addFallbacks(canary: WatchedCanary, options: AlarmOptions): void {
    const [, ...fallbacks] = this.props.router.hostNames;
    const each = new Construct(this, FALLBACK_BROKEN);
    for (const host of fallbacks) this.add(each, 'fallbackBroken', fallbackBroken(host, canary), options);
  }

  private add(
    scope: Construct,
    name: keyof AlarmTuning,
    definition: AlarmDefinition,
    options: AlarmOptions,
  ): cloudwatch.Alarm | undefined {
    if (options.enabled === false) return undefined;
    checkThreshold(this, name, options);
    const { pageTopic, noticeTopic, serviceDown = true } = this.props;
    const alarm = makeAlarm(scope, definition, this.metrics, options.threshold ?? definition.threshold, this.links);
    this.alarms.push(alarm);
    const isPage = (options.severity ?? definition.severity) === AlarmSeverity.PAGE;
    // Only composite alarms can be held back by another: what is part of the one page has no action of its own.
    if (isPage && definition.meansDown && serviceDown) this.parts.push(alarm);
    else tell(alarm, isPage ? pageTopic : noticeTopic);
    if (isPage) this._pages.push(alarm);
    return alarm;
  }

  private pageOfAll(topic: sns.ITopic): cloudwatch.CompositeAlarm {
    const id = SERVICE_DOWN;
    const { router } = this.props;
    const alarm = new cloudwatch.CompositeAlarm(this, id, {
      compositeAlarmName: alarmName(this, id),
      alarmRule: cloudwatch.AlarmRule.anyOf(...this.parts),
      alarmDescription:
        'Clients of the Claude gateway get errors. The alarms that say why are named with this one; each says what to do.\n' +
        `First: curl -s <Url>/health, then aws logs tail ${router.logGroupName} --since 30m --filter-pattern ` +
        `'{ $.outcome = "exhausted" }'\nRunbook: ${this.links.runbook('Service down')}`,
    });
    tell(alarm, topic);
    return alarm;
  }
}

function wantsMonth(scope: Construct, options: AlarmOptions | undefined): boolean {
  if (options === undefined || options.enabled === false) return false;
  if (options.threshold !== undefined) return true;
  throw new ValidationError(
    scope,
    "'monthlySpend' has no 'threshold': say from how many USD of a calendar month on somebody is told, or leave it out",
  );
}

function tell(alarm: cloudwatch.AlarmBase, topic: sns.ITopic): void {
  alarm.addAlarmAction(new SnsAction(topic));
  alarm.addOkAction(new SnsAction(topic));
}
