import type { Duration } from 'aws-cdk-lib';

/** What alarms have to know of the canary whose findings they watch. */
export interface WatchedCanary {
  /**
   * Time between two rounds.
   * @default Duration.minutes(1)
   */
  readonly interval?: Duration;
  /**
   * Whether it asks the gateway's endpoint besides the hosts.
   * @default false
   */
  readonly endpointCheck?: boolean;
  /**
   * Names of the hosts whose quota it knows; the alarm looks at the first ten.
   * @default - none, so that there is no alarm for it
   */
  readonly quotaHosts?: string[];
}
