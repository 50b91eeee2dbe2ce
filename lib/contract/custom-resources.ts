/** What a rollout of a web function is told. CloudFormation makes a text of every value. */
export interface RolloutProperties {
  readonly FunctionName: string;
  /** Of clients. */
  readonly EndpointName: string;
  readonly RevisionId: string;
  /** Serves that revision alone; without a slash at its end. */
  readonly ProbeUrl: string;
  /** `Probe[]` as JSON. */
  readonly Probes: string;
  /** Where a revision tells that it could not start. */
  readonly LogGroupName: string;
  /** What takes the revision back. */
  readonly AlarmNames: readonly string[];
  /** Of the traffic, while the alarms are looked at. */
  readonly Percent: string;
  readonly WatchSeconds: string;
  /** API Gateway's id of the key of the deployment probe. @default - none is needed */
  readonly ProbeKeyId?: string;
  /** @default - nobody is turned away for coming by the generated address */
  readonly FrontSecretArn?: string;
}
