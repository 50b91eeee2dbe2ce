/** How teams take turns. */
export interface FairQueueConfig {
  /** Requests for one model that one process has under way at a time. @default - as many as hosts take */
  readonly concurrent?: number;
}
