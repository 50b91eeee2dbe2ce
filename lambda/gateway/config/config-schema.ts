import * as v from 'valibot';
import type { BedrockProfile, BudgetPreset, HostKind, RouterConfig, Steering } from '../../../lib/contract';
import type { Holds, SameShape } from './same-shape';
import { flag, http, list, millis, object, oneOf, part, pattern, share, text, wholeNumber } from './schema-parts';

/** Lambda ends an invocation after fifteen minutes; the last one is for saying so. */
const LONGEST_MS = 840_000;
const DAY_MS = 86_400_000;

const BEDROCK_PROFILES = ['global', 'us', 'eu', 'jp', 'au', 'apac', 'us-gov'] as const satisfies BedrockProfile[];
const HOST_KINDS = ['anthropic', 'bedrock', 'vertex', 'foundry', 'claude-platform-aws'] as const satisfies HostKind[];
const BUDGET_PRESETS = ['realtime', 'interactive', 'batch'] as const satisfies BudgetPreset[];
const STEERING = ['chain', 'only', 'skip', 'commit', 'budget'] as const satisfies Steering[];

const hostName = pattern(
  /^[a-z0-9][a-z0-9-]{0,62}$/,
  'lower case letters, digits and dashes, such as bedrock-us-east-1',
);
const region = pattern(/^[a-z]{2}(-[a-z]+)+-\d$/, 'an AWS region, such as us-east-1');
const headersMs = millis(1, LONGEST_MS, 'connect, send and receive the response headers');
const firstContentMs = millis(1, LONGEST_MS, "until the first content event, from the attempt's start");
const idleMs = millis(1, LONGEST_MS, 'longest silence between bytes of an answer');

const KEY_HELP = 'keys stand in the environment or Secrets Manager: use {"env": "NAME"} or {"secretArn": "..."}';
const keySource = v.union(
  [
    object('a key in an environment variable', {
      env: pattern(/^[A-Za-z_][A-Za-z0-9_]*$/, 'the name of an environment variable'),
    }),
    object('a key in Secrets Manager', {
      secretArn: pattern(/^arn:aws[a-z-]*:secretsmanager:/, 'the ARN of a Secrets Manager secret'),
      field: v.optional(text('field of a JSON secret; without it the whole secret string is the key')),
    }),
  ],
  KEY_HELP,
);

const hostBase = {
  name: hostName,
  endpoint: v.optional(http("base URL instead of the host's public one")),
  models: v.optional(
    v.record(
      v.string(),
      text('id of the model on this host'),
      'must be an object from model id to the id on this host',
    ),
  ),
  timeouts: v.optional(
    object('timers of this host', {
      headersMs: v.optional(headersMs),
      firstContentMs: v.optional(firstContentMs),
      idleMs: v.optional(idleMs),
    }),
  ),
  retry: v.optional(
    object('retries on this host', {
      quickRetries: v.optional(wholeNumber(0, 10, 'quick retries for 5xx and connection failures; default 1')),
      quickRetryMaxMs: v.optional(millis(0, LONGEST_MS, 'longest wait before a quick retry; default 500')),
      rateLimitWaitMaxMs: v.optional(
        millis(0, LONGEST_MS, 'longest retry-after of a 429 that is waited for; default 2000'),
      ),
    }),
  ),
  breaker: v.optional(
    object('when this host is skipped, and how it comes back', {
      consecutiveFailures: v.optional(wholeNumber(1, 1000, 'failures in a row that open the breaker; default 3')),
      errorRate: v.optional(share('share of failures in the window that opens the breaker; default 0.1')),
      windowMs: v.optional(millis(1, DAY_MS, 'length of the window; default 60000')),
      minRequests: v.optional(wholeNumber(1, 1_000_000, 'fewest requests before the rate counts; default 20')),
      openMs: v.optional(millis(1, DAY_MS, 'wait before the first probe; default 10000')),
      rampStageMs: v.optional(millis(1, DAY_MS, 'length of each ramp stage; default 20000')),
    }),
  ),
};

const federation = object('workload identity federation', {
  audience: pattern(
    /^\/\/iam\.googleapis\.com\/projects\/\d+\/locations\/global\/workloadIdentityPools\/[^/]+\/providers\/[^/]+$/,
    '//iam.googleapis.com/projects/<number>/locations/global/workloadIdentityPools/<pool>/providers/<provider>',
  ),
  serviceAccount: v.optional(text('service account to impersonate; without it, direct resource access')),
  tokenUrl: v.optional(http('token exchange; default https://sts.googleapis.com/v1/token')),
  verificationUrl: v.optional(http('AWS STS GetCallerIdentity; {region} is filled in')),
  iamEndpoint: v.optional(http('default https://iamcredentials.googleapis.com')),
});

const host = v.variant(
  'kind',
  [
    object('api.anthropic.com', {
      ...hostBase,
      kind: v.literal('anthropic'),
      keys: list(keySource, KEY_HELP),
    }),
    object('Amazon Bedrock', {
      ...hostBase,
      kind: v.literal('bedrock'),
      region,
      profile: v.optional(oneOf(BEDROCK_PROFILES, 'cross-region inference profile; default global')),
      door: v.optional(oneOf(['auto', 'messages', 'invoke'], 'API of Bedrock that is called; default auto')),
    }),
    object('Google Vertex AI', {
      ...hostBase,
      kind: v.literal('vertex'),
      project: text('Google Cloud project id'),
      location: pattern(/^[a-z]+(-[a-z]+\d+)?$/, 'global, us, eu or a region such as us-east5'),
      federation: v.optional(federation),
    }),
    object('Microsoft Foundry', {
      ...hostBase,
      kind: v.literal('foundry'),
      resource: pattern(/^[A-Za-z0-9][A-Za-z0-9-]*$/, 'name of the Foundry resource'),
      keys: list(keySource, KEY_HELP),
      hosting: v.optional(oneOf(['anthropic', 'azure'], 'who runs the deployment; default anthropic')),
    }),
    object('Claude Platform on AWS', {
      ...hostBase,
      kind: v.literal('claude-platform-aws'),
      region,
      workspaceId: text('Anthropic workspace id'),
    }),
  ],
  (issue) => `must be ${issue.path ? `one of ${HOST_KINDS.join(', ')}: kind of host` : 'an object: a host'}`,
);

export const model = v.union(
  [
    text('model id or alias from the model table'),
    object('a model the table does not know, or knows differently', {
      id: text("Anthropic's id"),
      displayName: v.optional(text('name for people')),
      aliases: v.optional(list(text('other name of the model'), 'other names')),
      on: object('id on each kind of host; a missing kind has no equivalent', {
        anthropic: v.optional(text('id on api.anthropic.com')),
        bedrock: v.optional(text('base id on Bedrock, without profile prefix')),
        vertex: v.optional(text('id on Vertex AI')),
        foundry: v.optional(text('deployment name on Foundry')),
        'claude-platform-aws': v.optional(text('id on Claude Platform on AWS')),
      }),
      bedrockMessages: v.optional(flag("Bedrock's native Messages door serves it; default false")),
    }),
  ],
  'must be a model id such as "claude-opus-5-5", or {"id": "...", "on": {"anthropic": "..."}}',
);

const budget = v.union(
  [
    oneOf(BUDGET_PRESETS, 'preset'),
    object('a preset with changes', {
      preset: v.optional(oneOf(BUDGET_PRESETS, 'preset the other values change; default interactive')),
      deadlineMs: v.optional(millis(1, LONGEST_MS, "from the request's arrival to the last byte, over all attempts")),
      headersMs: v.optional(headersMs),
      firstContentMs: v.optional(firstContentMs),
      idleMs: v.optional(idleMs),
      pingAfterMs: v.optional(millis(1, LONGEST_MS, 'silence before the first ping of a stream')),
      maxAttempts: v.optional(wholeNumber(1, 100, 'attempts over all hosts')),
    }),
  ],
  'must be "realtime", "interactive", "batch", or an object such as {"preset": "batch", "deadlineMs": 600000}',
);

const route = object('what matches a request, and where it goes', {
  models: v.optional(
    list(pattern(/^([^*\s]+\*?|\*)$/, 'a model id or alias; * at the end matches any rest'), 'models that match'),
  ),
  clients: v.optional(list(text('client name'), 'clients that match')),
  header: v.optional(
    object('a request header and the value it must have', {
      name: pattern(/^[A-Za-z0-9-]+$/, 'a header name'),
      value: text('the value it must have'),
    }),
  ),
  chain: list(hostName, 'host names, in the order in which they are tried'),
  budget: v.optional(budget),
  maxDeadlineMs: v.optional(millis(1, LONGEST_MS, 'upper limit of x-failover-budget; default 840000')),
  commit: v.optional(oneOf(['first-content', 'complete'], 'when an answer is committed; default first-content')),
  trickle: v.optional(part('share of the conversations that begin at a healthy fallback; default 0')),
  unaryAsStream: v.optional(flag('read non-streaming answers upstream as a stream; default true')),
});

const client = object('a client of the gateway', {
  name: text('client name'),
  keySha256: v.optional(pattern(/^[0-9a-fA-F]{64}$/, "SHA-256 of the client's gateway key: 64 hex digits")),
  apiKeyId: v.optional(text("API Gateway's id of the client's key, never the key itself")),
  may: v.optional(list(oneOf(STEERING, 'steering'), 'what this client may steer, beyond "steering"', 0)),
});

export const routerConfigSchema = object('configuration of the router', {
  hosts: list(host, 'places that serve Claude'),
  models: list(model, 'models the gateway offers'),
  routes: list(route, 'routes; the first that matches is taken'),
  clients: v.optional(list(client, 'who may call; without it, anyone the front door lets in')),
  steering: v.optional(list(oneOf(STEERING, 'steering'), 'what every client may steer; default commit, budget', 0)),
  stateful: v.optional(
    v.union(
      [
        flag('batches and files of the first anthropic host; default false'),
        object('batches and files of one host', { host: hostName }),
      ],
      'must be true, false, or {"host": "<name of an anthropic host>"}: who keeps batches and files',
    ),
  ),
  cors: v.optional(
    list(
      pattern(/^(\*|https?:\/\/[^/\s]+)$/, 'an origin such as https://app.example.com, or *'),
      'origins that may ask',
      0,
    ),
  ),
  telemetry: v.optional(
    object('what is written to CloudWatch', {
      logs: v.optional(flag('log lines; default true')),
      metrics: v.optional(flag('metrics; default true')),
    }),
  ),
});

/** Compiles only while schema and contract say the same. */
export type SchemaIsContract = Holds<SameShape<v.InferOutput<typeof routerConfigSchema>, RouterConfig>>;
