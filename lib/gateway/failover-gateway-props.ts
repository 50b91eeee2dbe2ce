import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { AlarmTuning } from '../monitoring/alarms/alarm-tuning';
import type { CanaryOptions } from '../monitoring/canary/canary-options';
import type { SpendReportOptions } from '../monitoring/spend/spend-report-options';
import type { FailoverRouterProps } from '../router/router-props';
import type { RouterShape } from '../router/shape/router-shape';
import type { AccountLoggingProps } from './account-logging';
import type { ClientAuth } from './auth/client-auth';
import type { GatewayEndpoint } from './endpoint/gateway-endpoint';
import type { Firewall } from './firewall';
import type { RouterDeployment } from './deployment/router-deployment';

/** A router, and everything in front of it and around it. */
export interface FailoverGatewayProps extends FailoverRouterProps, AccountLoggingProps {
  /**
   * What the router runs as, and with it what stands before it.
   * @default RouterShape.lambda()
   */
  readonly shape?: RouterShape;
  /**
   * How the gateway knows its clients.
   * @default ClientAuth.apiKeys() - one key, of a team called `default`
   */
  readonly auth?: ClientAuth;
  /**
   * Where clients reach the gateway.
   * @default GatewayEndpoint.public()
   */
  readonly endpoint?: GatewayEndpoint;
  /**
   * A web ACL in front of the gateway.
   * @default - none; keys and usage plans protect the gateway
   */
  readonly firewall?: Firewall;
  /**
   * How a new version of the router takes over the traffic.
   * @default RouterDeployment.CANARY_10_PERCENT_5_MINUTES
   */
  readonly deployment?: RouterDeployment;
  /**
   * Name of the API's stage: 1 to 128 letters, digits, `-` and `_`. It is part of API Gateway's own address, so that another name
   * is another address.
   * @default prod
   */
  readonly stageName?: string;
  /**
   * Requests a second, on average and over all clients, a whole number from 1.
   * @default 100 - answers that stream for ten seconds each then fill the 1,000 concurrent executions of a new account
   */
  readonly throttlingRateLimit?: number;
  /**
   * Requests that may come at once, over all clients, a whole number from 1.
   * @default 200 - two seconds' worth
   */
  readonly throttlingBurstLimit?: number;
  /**
   * Topic for what must wake somebody: an alarm that clients feel.
   * @default - a new topic
   */
  readonly pageTopic?: sns.ITopic;
  /**
   * Topic for what can wait for working hours: a key that grows old.
   * @default - a new topic
   */
  readonly noticeTopic?: sns.ITopic;
  /**
   * Addresses that subscribe to `pageTopic`; each has to confirm once, by the link in a mail.
   * @default - none; synth warns if there is no `pageTopic` either
   */
  readonly pageEmails?: string[];
  /**
   * Addresses that subscribe to `noticeTopic`; each has to confirm once, by the link in a mail.
   * @default - none
   */
  readonly noticeEmails?: string[];
  /**
   * Alarms that are tuned or switched off.
   * @default - all as `AlarmTuning` describes them
   */
  readonly alarms?: AlarmTuning;
  /**
   * How the canary goes about it that asks every host, or that there is none.
   * @default - as `CanaryOptions` describes it
   */
  readonly canary?: CanaryOptions;
  /**
   * Status pages of hosts that are linked on the dashboard and in alarms, by name. They decide nothing.
   * @default - Anthropic's, AWS's and Google's
   */
  readonly statusPages?: { [name: string]: string };
  /**
   * Whether there is a dashboard. It costs 3 USD a month where the account has three already.
   * @default true
   */
  readonly dashboard?: boolean;
  /**
   * What is told of the cost of tokens, by team, model and host; `{}` for all of it. An alarm of the month is `alarms.monthlySpend`.
   * @default - nothing but the metric of the whole and its alarm `dailySpend`
   */
  readonly spendReport?: SpendReportOptions;
  /**
   * How long lines of the access log are kept. They hold no body and no key.
   * @default logs.RetentionDays.THREE_MONTHS
   */
  readonly accessLogRetention?: logs.RetentionDays;
}
