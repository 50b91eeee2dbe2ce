import type { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { GuardrailProps } from './governance/guardrail';
import type { AuditTrail } from '../governance/audit/audit-trail';
import type { Host } from '../hosts/host';
import type { ResponseCache } from './cache/response-cache';
import type { LastResortLink } from './chain/last-resort-link';
import type { ClientProps } from './client';
import type { RouteHours } from './order/route-hours';
import type { RoutingOrder } from './order/routing-order';
import type { BatchesProps } from './batches/batches-props';
import type { QueueProps, WhenDown } from './queue/queue-props';
import type { Residency } from './residency';
import type { SpendProps } from './spend/spend-props';

/** How long a request may take, and how long one host may keep it waiting. */
export enum LatencyBudget {
  /** Somebody waits for each word: 30 seconds in all, 3 seconds to a host's first content. */
  REALTIME = 'realtime',
  /** Chat and coding: 10 minutes in all, 30 seconds to a host's first content. */
  INTERACTIVE = 'interactive',
  /** Nobody waits: 14 minutes in all, 3 minutes to a host's first content. */
  BATCH = 'batch',
}

/** The moment from which an answer belongs to the client; before it failover is invisible, after it impossible. */
export enum Commit {
  /** The first content of the answer: streams stay streams. */
  FIRST_CONTENT = 'first-content',
  /** The complete answer: even one that is cut off midway is rescued, at the price of hearing nothing until it is whole. */
  COMPLETE = 'complete',
}

/** What matches a request, and the chain that request is given. */
export interface RouteProps {
  /**
   * Model ids or aliases; `*` at the end matches any rest.
   * @default - every model
   */
  readonly models?: string[];
  /**
   * Names of clients (teams).
   * @default - every client
   */
  readonly clients?: string[];
  /**
   * When the route takes requests.
   * @default - always
   */
  readonly hours?: RouteHours;
  /** Hosts in the order in which they are tried. */
  readonly chain: Host[];
  /**
   * How the chain is arranged for a conversation.
   * @default - the router's order
   */
  readonly order?: RoutingOrder;
  /** @default - the router's budget */
  readonly budget?: LatencyBudget;
  /** @default - the router's commit */
  readonly commit?: Commit;
  /**
   * Share of the conversations, 0 to 1, that begin at a fallback.
   * @default - the router's trickle
   */
  readonly trickle?: number;
  /**
   * Upper limit for the deadline a client may ask for with `x-failover-budget`; at most 14 minutes.
   * @default Duration.minutes(14)
   */
  readonly maxDeadline?: Duration;
  /**
   * At most four of the router's models, or links such as `vertex/claude-haiku-5-5`, each tried on the chain of its own route when
   * the whole chain has failed: for the clients of `lastResort`, and before it. Requests may name their own. An empty list is none.
   * @default - the router's
   */
  readonly fallbacks?: string[];
  /**
   * Other models, tried in this order when the whole chain has failed: for clients with `Steering.LAST_RESORT`, and never to count
   * tokens. An empty list is none.
   * @default - the router's last resort
   */
  readonly lastResort?: LastResortLink[];
  /**
   * Claude models that the clouds of the chain are asked for where one refuses before it has said anything, for the same clients.
   * @default - the router's
   */
  readonly onRefusal?: string[];
  /** What the same clients are told, as an answer, when no host has one. @default - the router's message */
  readonly message?: string;
  /** Whether answers are given again to requests that say the same. @default - the router's cache */
  readonly cache?: ResponseCache;
  /** Whether requests of clients that agree wait when no host has an answer. @default - the router's `whenDown` */
  readonly whenDown?: WhenDown;
}

/** What a router serves, from where, and how it runs. */
export interface FailoverRouterProps {
  /** Hosts in the order in which they are tried, for every request that no route takes. */
  readonly chain: Host[];
  /** Anthropic's ids or aliases of the models that are served. */
  readonly models: string[];
  /**
   * Requests that go elsewhere than to `chain`. The first route that matches is taken.
   * @default - every request goes to `chain`
   */
  readonly routes?: RouteProps[];
  /**
   * How `chain` is arranged for a conversation: by shares, by speed, by price.
   * @default RoutingOrder.listed()
   */
  readonly order?: RoutingOrder;
  /**
   * How long an answer may take, and how soon the next host is tried, on `chain`.
   * @default LatencyBudget.INTERACTIVE
   */
  readonly budget?: LatencyBudget;
  /**
   * The moment from which an answer belongs to the client, on `chain`.
   * @default Commit.FIRST_CONTENT
   */
  readonly commit?: Commit;
  /**
   * Share of the conversations on `chain`, 0 to 1, that begin at one of the fallbacks instead of the first host, so that quota,
   * prompt caches and connections there stay warm: 0.01 is one in a hundred. Only healthy fallbacks that can serve the request
   * are taken, in even parts, and a conversation keeps its own. If the fallback fails, the chain goes on as usual.
   * @default 0 - fallbacks serve only when they are needed
   */
  readonly trickle?: number;
  /**
   * At most four of `models`, or links such as `vertex/claude-haiku-5-5`, each tried on the chain of its own route when the whole
   * of `chain` has failed: only for clients with `Steering.LAST_RESORT`, before `lastResort`, and never to count tokens. A request may
   * name its own by `fallbacks` in its body, which needs no consent.
   * @default - only those that requests name
   */
  readonly fallbacks?: string[];
  /**
   * Other models, tried in this order when the whole of `chain` has failed: only for clients with `Steering.LAST_RESORT`, and never to
   * count tokens. The answer says which model it is from.
   * @default - none
   */
  readonly lastResort?: LastResortLink[];
  /**
   * Claude models, in order, that the clouds of `chain` are asked for where one refuses before it has said anything, for the same
   * clients. Anthropic's own API has `fallbacks` for that. Going around a refusal is a decision of policy.
   * @default - a refusal is the answer
   */
  readonly onRefusal?: string[];
  /**
   * What the same clients are told, as an answer, when no host has one.
   * @default - they get the error
   */
  readonly message?: string;
  /** Whether answers are given again to requests that say the same: from a table, large ones from a bucket. @default ResponseCache.none() */
  readonly cache?: ResponseCache;
  /** Requests that can wait: a place for them, and a worker. Idle it costs what Lambda asks of SQS. @default - none: all are answered at once */
  readonly queue?: QueueProps;
  /** Message Batches that fail over: a place for them, and a worker. Idle they cost their alarms. @default - none */
  readonly batches?: BatchesProps;
  /** Whether requests of clients that agree wait when no host of `chain` has an answer; needs `queue`. @default WhenDown.FAIL */
  readonly whenDown?: WhenDown;
  /**
   * Who may call.
   * @default - anyone the front door lets in
   */
  readonly clients?: ClientProps[];
  /**
   * What may be spent, by the whole gateway, its clients, their users, and on each model.
   * @default - any amount, which is not counted
   */
  readonly spend?: SpendProps;
  /**
   * Whether each of the clients (teams) has an application inference profile of its own for each model on each Bedrock host, with
   * the tag `claude-failover:client`, so that Bedrock's bill is split by client once the tag is activated for cost allocation.
   * Profiles cost nothing, are called through InvokeModel, and draw on the same quota as the profile they are copied from. Each is
   * one of the stack's 500 resources, and the router's role has room for about 200; of profiles
   * in other regions than the stack's, the role that makes them has room for about ten.
   * @default false - one bill for all
   */
  readonly clientInferenceProfiles?: boolean;
  /**
   * Whether anybody may ask `GET /health`, for a health check of Route 53 or of a load balancer: the answer is `{"status":"ok"}`,
   * `degraded` or (with 503) `down`, and names neither hosts, models nor clients. The gateway opens that path, ten requests a second
   * at most; the report on hosts is then at `GET /health/hosts`, for clients.
   * @default false - `GET /health` asks for what every path asks for, and reports on the hosts
   */
  readonly openHealth?: boolean;
  /**
   * Where requests may be processed. A host that would leave it stops synth.
   * @default Residency.ANYWHERE
   */
  readonly residency?: Residency;
  /**
   * Memory in MiB, 128 to 10240. Lambda gives CPU in proportion.
   * @default 1024 - over half a virtual CPU, so that a cold start and a body of 6 MB take moments; a stream needs far less
   */
  readonly memorySize?: number;
  /**
   * Longest time of one request, at most 15 minutes. The budgets end before it.
   * @default Duration.minutes(15)
   */
  readonly timeout?: Duration;
  /**
   * Requests at a time this router can always serve, and at most serves.
   * @default - what the account has unreserved
   */
  readonly reservedConcurrentExecutions?: number;
  /**
   * Environments that are kept started, so that as many requests at a time meet no cold start; a whole number from 1. Each costs
   * by the hour, used or not.
   * @default - none: an environment starts when it is needed
   */
  readonly provisionedConcurrentExecutions?: number;
  /**
   * Whether requests are traced by X-Ray: in the function, and in what the gateway has before it.
   * @default lambda.Tracing.ACTIVE
   */
  readonly tracing?: lambda.Tracing;
  /**
   * Processor of the functions in a request's way: the router, and the gateway's authorizer.
   * @default lambda.Architecture.ARM_64
   */
  readonly architecture?: lambda.Architecture;
  /**
   * How long log lines are kept.
   * @default logs.RetentionDays.THREE_MONTHS
   */
  readonly logRetention?: logs.RetentionDays;
  /**
   * What happens to the log group, the health table and what the cache keeps when the stack is deleted.
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
  /**
   * Network the router runs in; it needs a way out to each host.
   * @default - no VPC
   */
  readonly vpc?: ec2.IVpc;
  /**
   * Subnets of `vpc`.
   * @default - its private subnets
   */
  readonly vpcSubnets?: ec2.SubnetSelection;
  /**
   * Security groups in `vpc`.
   * @default - a new one
   */
  readonly securityGroups?: ec2.ISecurityGroup[];
  /**
   * Table in which routers share what they know of hosts: partition key `kind`, sort key `entry`, both strings, TTL attribute `expires`.
   * @default - a new one
   */
  readonly healthTable?: dynamodb.ITableV2;
  /**
   * Name of the function's role, by which another cloud may know it: up to 64 letters, digits and `+=,.@_-`. A role with a name
   * of its own needs CAPABILITY_NAMED_IAM, and there can be one of that name in the account.
   * @default - a name of CloudFormation's
   */
  readonly roleName?: string;
  /** Guardrail for whoever has none of its own; with `output`, all routes need `Commit.COMPLETE`. @default - only those of clients */
  readonly guardrail?: GuardrailProps;
  /**
   * Where it is written who has asked for what, so that nobody can change it afterwards.
   * @default - nowhere but in the log
   */
  readonly audit?: AuditTrail;
  /**
   * Key that encrypts the environments of the functions.
   * @default - `encryptionKey`, or where there is none, a key of Lambda's own
   */
  readonly environmentEncryption?: kms.IKey;
  /**
   * One key for all that is kept: logs, health table, cache, topics, secrets of `ProviderKey`s, environments. Its policy lets the services in
   * that use it; a key that is imported needs that from its owner (see docs/aws.md). What is given, such as a topic or a table, keeps
   * its own key.
   * @default - keys that AWS owns
   */
  readonly encryptionKey?: kms.IKey;
}
