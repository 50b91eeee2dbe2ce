/** How urgent an alarm is. */
export enum AlarmSeverity {
  /** Clients feel it, or nobody would notice if they did: it wakes somebody. */
  PAGE = 'page',
  /** The gateway goes on serving: it can wait for working hours. */
  NOTICE = 'notice',
}

/** How one alarm is tuned, or switched off. */
export interface AlarmOptions {
  /**
   * Whether there is such an alarm.
   * @default true
   */
  readonly enabled?: boolean;
  /**
   * From which value on it goes off, in the alarm's own unit.
   * @default - what the alarm's documentation says
   */
  readonly threshold?: number;
  /**
   * Whether it wakes somebody.
   * @default - what the alarm's documentation says
   */
  readonly severity?: AlarmSeverity;
}
