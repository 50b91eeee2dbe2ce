import type { FailoverConfig } from '../../../bin/failover-config';
import type { Fault } from '../../../local/hosts/faults/fault';
import type { RequestShape } from './request-shapes';
import type { Severity } from './severity';

/** Minutes count from the beginning of the replay. */
export interface Incident {
  readonly title: string;
  /** What happens, for the table in docs/alarms.md. */
  readonly story: string;
  readonly minutes: number;
  /** What the stack has besides. @default - as for every other incident */
  readonly stack?: Partial<FailoverConfig>;
  /** When the trouble begins: minutes to page count from here. @default - never, nothing may fire */
  readonly begins?: number;
  /** Requests a minute by shape, each phase until the next one. */
  readonly traffic: readonly {
    readonly from: number;
    readonly perMinute: Readonly<Partial<Record<RequestShape, number>>>;
  }[];
  readonly faults?: readonly HostFault[];
  /** Requests a minute that a host takes. @default - any */
  readonly quotas?: Readonly<Record<string, number>>;
  /** Minutes until its first round. @default 0 */
  readonly canaryBegins?: number;
  /** @default - never */
  readonly canaryStops?: number;
  /** The alarms that tell somebody, and in how many minutes at most. Every other alarm stays quiet. */
  readonly expected: readonly ExpectedAlarm[];
}

export interface HostFault {
  readonly hosts: readonly string[];
  /** @default - every model */
  readonly models?: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly fault: Fault;
  /** Comes again: so many minutes between one beginning and the next, so many times in all. */
  readonly again?: { readonly every: number; readonly times: number };
}

export interface ExpectedAlarm {
  /** Its name without the path of the gateway. */
  readonly alarm: string;
  readonly severity: Severity;
  /** Minutes; 0 for one that tells before the trouble begins. */
  readonly within: number;
}
