import type { Duration } from 'aws-cdk-lib';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { OutsideViewOptions } from './outside-view';

/**
 * What a host takes a minute, by a figure or by a code of Service Quotas. Where a router serves several models with a quota each,
 * give the smallest.
 */
export interface HostQuotaProps {
  /** Name of a host of the router. */
  readonly host: string;
  /**
   * Tokens a minute: prompt, caches and answer.
   * @default - not known, or by `tokensQuotaCode`
   */
  readonly tokensPerMinute?: number;
  /**
   * Requests a minute.
   * @default - not known, or by `requestsQuotaCode`
   */
  readonly requestsPerMinute?: number;
  /**
   * Quota of service `bedrock` for tokens a minute, such as `L-58BE175A`, read once an hour in the host's region. For hosts on Bedrock.
   * @default - none
   */
  readonly tokensQuotaCode?: string;
  /**
   * Quota of service `bedrock` for requests a minute, read once an hour in the host's region. For hosts on Bedrock.
   * @default - none
   */
  readonly requestsQuotaCode?: string;
}

/** How a canary goes about it. */
export interface CanaryOptions {
  /**
   * Whether there is a canary.
   * @default true
   */
  readonly enabled?: boolean;
  /**
   * Time between two rounds, in whole minutes from 1 to 60. A broken fallback is found within five minutes only by the default.
   * @default Duration.minutes(1)
   */
  readonly interval?: Duration;
  /**
   * USD of tokens a day, at list price, by UTC. The checks become rarer where the models or hosts would cost more, and once it is
   * spent, only those go on that cost nothing.
   * @default 0.129 - 4 USD in a month of 31 days
   */
  readonly dailyBudgetUsd?: number;
  /**
   * What hosts take a minute, to be held against the peak of the last seven days.
   * @default - quotas are not looked at
   */
  readonly quotas?: HostQuotaProps[];
  /**
   * Whether requests go through the gateway's endpoint too, as clients' do.
   * @default - true where the gateway is public and the canary can have a key: not with an authorizer of one's own
   */
  readonly endpointCheck?: boolean;
  /**
   * Whether the endpoint is asked once an hour as OpenAI's clients ask, too: for gateways that have some. Within `dailyBudgetUsd`.
   * @default false
   */
  readonly openaiDoor?: boolean;
  /**
   * Secret whose whole text is a key that the gateway takes in `x-api-key`, for an authorizer of one's own.
   * @default - a key of API Gateway, made for the canary
   */
  readonly endpointKey?: secretsmanager.ISecret;
  /**
   * Whether a canary of CloudWatch Synthetics looks at the gateway from the internet, as a client would: `{}` for the default of
   * 5 minutes. For a gateway that is public, and whose key the canary can have. Its looks and their tokens are not in
   * `dailyBudgetUsd`.
   * @default - no such look: at 0.0012 USD each it would cost about 10 USD a month
   */
  readonly outsideView?: OutsideViewOptions;
  /**
   * Name of the function's role.
   * @default - a name of CloudFormation's
   */
  readonly roleName?: string;
}
