import type { AlarmOptions } from './alarm-options';

/** The alarms of a router: each can be tuned, or switched off. Those that need something else exist only with it. */
export interface AlarmTuning {
  /**
   * Clients get errors because no host could serve: percent of the requests of 5 minutes, if there were 5.
   * It also takes a deployment back.
   * @default - pages at 5 %
   */
  readonly exhausted?: AlarmOptions;
  /**
   * Requests failed, or their streams ended in the middle: percent of the requests of 5 minutes, if there were 20.
   * @default - pages at 5 %
   */
  readonly errorRate?: AlarmOptions;
  /**
   * Another host than the first answers: share of the requests, 0 to 1, in each of 5 minutes.
   * @default - notice at 0.25
   */
  readonly primaryUnavailable?: AlarmOptions;
  /**
   * Answers begin late, whichever host serves: median time to the first content of the streams of 5 minutes, if there were 10, in
   * milliseconds.
   * @default - pages at 5000 ms
   */
  readonly slowFirstContent?: AlarmOptions;
  /**
   * Streams end after the commit point, where nobody can take over: share of the requests, 0 to 1, for 10 minutes.
   * @default - notice at 0.01
   */
  readonly streamsDying?: AlarmOptions;
  /**
   * Attempts without a usable credential in 5 minutes.
   * @default - notice at 1
   */
  readonly credential?: AlarmOptions;
  /**
   * Attempts that were refused for money in 5 minutes.
   * @default - notice at 1
   */
  readonly billing?: AlarmOptions;
  /**
   * Invocations of the router that crashed or ran into the timeout in 5 minutes; of a web function, environments that did not start; on
   * Fargate, answers that the load balancer had to give for it. It also takes a deployment back.
   * @default - pages at 2
   */
  readonly routerErrors?: AlarmOptions;
  /**
   * Invocations that Lambda turned away in 5 minutes. Of `RouterShape.lambda()` only.
   * @default - pages at 10
   */
  readonly routerThrottles?: AlarmOptions;
  /**
   * The longest request of 5 minutes, in percent of the function's timeout. Of `RouterShape.lambda()` only.
   * @default - notice at 95 %
   */
  readonly routerDuration?: AlarmOptions;
  /**
   * Tasks that do not answer the load balancer, for 15 minutes. Of `RouterShape.fargate()` only.
   * @default - notice at 1
   */
  readonly unhealthyTasks?: AlarmOptions;
  /**
   * Tasks that run, in percent of `maxTasks`, for 15 minutes. Of `RouterShape.fargate()` only.
   * @default - notice at 100 %
   */
  readonly tasksAtMost?: AlarmOptions;
  /**
   * What the tokens of the last 24 hours cost, by the average day of the seven before; quiet below 1 USD a day and in the first
   * three days. A function of its own looks once an hour.
   * @default - notice at 2
   */
  readonly dailySpend?: AlarmOptions;
  /**
   * What the tokens of the calendar month have cost so far, by UTC and at list prices, in USD. The function of `dailySpend` looks once
   * an hour; what has no price is not in it.
   * @default - no such alarm; give a `threshold` of USD for a notice
   */
  readonly monthlySpend?: AlarmOptions;
  /**
   * Answers of another model than the one asked for, in 5 minutes.
   * @default - no such alarm; say `{}` where a route has another model: a notice at 1
   */
  readonly otherModels?: AlarmOptions;
  /**
   * Requests that waited, and that no worker could settle by their deadline. Needs a router with `queue`.
   * @default - pages at 1
   */
  readonly requestsLost?: AlarmOptions;
  /**
   * Writes to the audit trail that failed in 5 minutes. Needs a router with `audit`.
   * @default - at 2; pages where the trail's `failure` is `CLOSED`, for clients are refused then, and is a notice elsewhere
   */
  readonly auditWaiting?: AlarmOptions;
  /**
   * Records of the audit trail, and contents of requests, that were lost in 5 minutes. Needs a router with `audit`.
   * @default - notice at 1
   */
  readonly auditLost?: AlarmOptions;
  /**
   * Requests of Message Batches that have ended, which nobody has answered, in 5 minutes. Needs a router with `batches`.
   * @default - notice at 1
   */
  readonly batchUnanswered?: AlarmOptions;
  /**
   * Runs of the worker of Message Batches that crashed or ran into the timeout in 5 minutes. Needs a router with `batches` that is woken by
   * schedules: not on Fargate.
   * @default - notice at 3
   */
  readonly batchWorkerErrors?: AlarmOptions;
  /**
   * The day's canary of Message Batches was not answered, or did not run: 1, else 0. Needs `batches.canary`.
   * @default - notice at 1
   */
  readonly batchCanary?: AlarmOptions;
  /**
   * Tokens of prompts that came from the prompt cache, in percent, for 3 hours with 20 requests each that used one: goes off below.
   * @default - no such alarm; say `{}` where clients rely on prompt caching: a notice below 20 %
   */
  readonly cacheHitRate?: AlarmOptions;
  /**
   * Answers that came from the response cache, in percent of the requests that looked there, for 3 hours with 20 such requests each: goes
   * off below.
   * @default - no such alarm; say `{}`, or better a threshold, where a route has a `cache`: a notice below 20 %
   */
  readonly responseCacheHits?: AlarmOptions;
  /**
   * Keys that are older than their `rotationReminder`. Needs the gateway's key reminder.
   * @default - notice at 1
   */
  readonly keyAge?: AlarmOptions;
  /**
   * A host after the first fails the canary's checks: one alarm a host. Needs the canary.
   * @default - notice at 1
   */
  readonly fallbackBroken?: AlarmOptions;
  /**
   * The canary's request through the public endpoint failed. Needs the canary.
   * @default - pages at 1
   */
  readonly endpointBroken?: AlarmOptions;
  /**
   * Looks from outside that found nothing wrong, in percent: goes off below, and when nothing is heard, for two intervals. Needs
   * `outsideView`.
   * @default - pages below 100 %
   */
  readonly outsideBroken?: AlarmOptions;
  /**
   * Rounds of the canary in a minute: goes off below, and when nothing is heard, for 5 minutes or two rounds. Needs the canary.
   * @default - pages below 1
   */
  readonly canarySilent?: AlarmOptions;
  /**
   * The smallest quota of the hosts whose quota the canary knows, in percent of the router's recent peak: goes off below.
   * @default - notice below 100 %
   */
  readonly quotaHeadroom?: AlarmOptions;
  /**
   * Hours for which a host has been drained. Needs the canary.
   * @default - notice at 24
   */
  readonly drainedHost?: AlarmOptions;
  /**
   * The gateway in the other region does not answer, and no page of its own has told. Needs a `RegionPair` and the canary.
   * @default - pages at 1
   */
  readonly otherRegion?: AlarmOptions;
  /**
   * One page, "service down", for all that say so: `exhausted`, `errorRate`, `routerErrors`, `routerThrottles` and `endpointBroken`
   * then page through it alone, as long as they are pages.
   * @default true
   */
  readonly serviceDown?: boolean;
  /**
   * Address of a runbook of one's own; each alarm adds `#` and its heading there, as in docs/runbook.md: `#fallback-broken`.
   * @default - the library's runbook, put into the account: a document of Systems Manager for each heading, at no cost
   */
  readonly runbookUrl?: string;
}
