/** What tools have to know of a gateway that runs: a stack has it as JSON in one output, `npm start` as `GET /stack.json`. */
export interface StackDescription {
  /** Base URL for Anthropic SDKs. */
  readonly url: string;
  readonly region: string;
  readonly healthTable: {
    readonly name: string;
    /** @default - AWS's own in the region */
    readonly endpoint?: string;
  };
  /** ARN of the router's alias, web function or service. @default - not in AWS */
  readonly router?: string;
  /** What the router runs as. @default 'lambda' */
  readonly shape?: 'webFunction' | 'fargate';
  /** Environment variables by which it finds its configuration. @default - those of the function `router` */
  readonly config?: Readonly<Record<string, string>>;
  /** ARN of the topic that pages. @default - none */
  readonly pageTopic?: string;
  /** ARN of the topic for what can wait. @default - none */
  readonly noticeTopic?: string;
  /** A gateway key. @default - the value of `keyId` */
  readonly key?: string;
  /** API Gateway's id of a key that may steer `only`: the canary's. @default - CLAUDE_FAILOVER_KEY has to be set */
  readonly keyId?: string;
}

/** Description of that output, by which it is found. */
export const STACK_OUTPUT = 'Read by claude-failover doctor, drill, drain and undrain';
