import type { AuditDescription } from './governance/audit';

/** What tools have to know of a gateway that runs: a stack has it as JSON in one output, `npm start` as `GET /stack.json`. */
export interface StackDescription {
  /** Base URL for Anthropic SDKs: of this gateway alone, where clients have a name that leads to two. */
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
  /** Where Message Batches are. @default - there are none */
  readonly batches?: { readonly table: string; readonly bucket: string };
  /** ARN of the topic that pages. @default - none */
  readonly pageTopic?: string;
  /** ARN of the topic for what can wait. @default - none */
  readonly noticeTopic?: string;
  /** A gateway key. @default - the value of `keyId` */
  readonly key?: string;
  /** API Gateway's id of a key that may steer `only`: the canary's. @default - CLAUDE_FAILOVER_KEY has to be set */
  readonly keyId?: string;
  /** @default - it is alone */
  readonly pair?: PairDescription;
  /** @default - there is no trail */
  readonly audit?: AuditDescription;
}

/** A gateway that shares its name with one in another region. */
export interface PairDescription {
  /** The one that clients have. */
  readonly name: string;
  /** Where the other one is, and the name of its stack. */
  readonly other: { readonly region: string; readonly stack: string };
  /** Id of the health check of Route 53 on this one. */
  readonly healthCheck: string;
  /** Time between two of its looks, in seconds, and how many in a row have to fail. */
  readonly checkSeconds: number;
  readonly checkFailures: number;
}

/** Description of that output, by which it is found. */
export const STACK_OUTPUT = 'Read by claude-failover doctor, drill, drain and undrain';
