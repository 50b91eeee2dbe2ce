import type { Duration } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** What alarms and dashboard have to know of a router. `FailoverRouter` is one. */
export interface IMonitoredRouter extends IConstruct {
  /** Value of the dimension `service` of its metrics. */
  readonly serviceName: string;
  /** Names of its hosts, in the order of its chain: the first is the primary. */
  readonly hostNames: string[];
  /** Name of its function. */
  readonly functionName: string;
  /** Name of its log group. */
  readonly logGroupName: string;
  /** Longest time of one request. */
  readonly maxDuration: Duration;
}
