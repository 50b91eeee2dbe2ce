import * as v from 'valibot';
import type { Holds, SameShape } from '../lambda/schema/same-shape';
import { list, object, oneOf, part, pattern, text, wholeNumber } from '../lambda/schema/schema-parts';
import type { FailoverConfig } from '../lib/gateway/failover-config';
import { VERTEX_FORMS } from '../lib/hosts/vertex/vertex-forms';
import { google } from './google-schema';

const region = pattern(/^[a-z]{2}(-[a-z]+)+-\d$/, 'an AWS region, such as us-east-1');
const name = v.optional(
  pattern(/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower case letters, digits and dashes, such as bedrock-us-east-1'),
);
const endpoint = v.optional(text("base URL instead of the host's public one, such as that of a VPC endpoint"));
const email = pattern(/^[^@\s]+@[^@\s]+$/, 'an e-mail address');
const budget = oneOf(['realtime', 'interactive', 'batch'], 'how long an answer may take; default interactive');
const commit = oneOf(['first-content', 'complete'], 'when an answer is committed; default first-content');
const trickle = part('share of the conversations that begin at a healthy fallback; default 0');

const KINDS = ['anthropic', 'bedrock', 'vertex', 'foundry', 'claude-platform-aws'];
const chainHost = v.variant(
  'host',
  [
    object('api.anthropic.com', {
      host: v.literal('anthropic'),
      name,
      endpoint,
      keys: v.optional(wholeNumber(1, 20, 'keys that share the load; default 1')),
    }),
    object('Amazon Bedrock', {
      host: v.literal('bedrock'),
      name,
      endpoint,
      region: v.optional(region),
      profile: v.optional(
        oneOf(['global', 'us', 'eu', 'jp', 'au', 'apac', 'us-gov'], 'cross-region inference profile; default global'),
      ),
      costTags: v.optional(
        v.record(v.string(), text('value of the tag'), 'must be an object from tag to value: cost allocation tags'),
      ),
    }),
    object('Google Vertex AI', {
      host: v.literal('vertex'),
      name,
      endpoint,
      location: v.optional(pattern(...VERTEX_FORMS.location)),
      modelIds: v.optional(
        v.record(v.string(), text("the model's id there"), 'must be an object from model to id: ids of models there'),
      ),
    }),
    object('Microsoft Foundry', {
      host: v.literal('foundry'),
      name,
      endpoint,
      resource: text('name of the Foundry resource'),
      hosting: v.optional(oneOf(['anthropic', 'azure'], 'who runs the deployment; default anthropic')),
    }),
    object('Claude Platform on AWS', {
      host: v.literal('claude-platform-aws'),
      name,
      endpoint,
      region: v.optional(region),
      workspaceId: text('Anthropic workspace id'),
    }),
  ],
  (issue) => `must be ${issue.path ? `one of ${KINDS.join(', ')}: kind of host` : 'an object: a host'}`,
);

const route = object('what matches a request, and where it goes', {
  models: v.optional(list(text('model id or alias; * at the end matches any rest'), 'models that match')),
  teams: v.optional(list(text('name of a team'), 'teams that match')),
  chain: v.optional(list(text('name of a host of the chain'), 'hosts in the order in which they are tried')),
  budget: v.optional(budget),
  commit: v.optional(commit),
  trickle: v.optional(trickle),
});

const STEERING = ['chain', 'only', 'skip', 'commit', 'budget'] as const;
const team = object('a team that may call', {
  name: pattern(/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower case letters, digits and dashes'),
  rateLimit: v.optional(wholeNumber(1, 10_000, 'requests a second, on average')),
  burstLimit: v.optional(wholeNumber(1, 5_000, 'requests that may come at once')),
  quota: v.optional(
    object('requests in a calendar day, week or month', {
      limit: wholeNumber(1, 2_000_000_000, 'requests in the period'),
      period: oneOf(['DAY', 'WEEK', 'MONTH'], 'period of the quota'),
    }),
  ),
  may: v.optional(list(oneOf(STEERING, 'steering'), 'what the team may steer, beyond commit and budget', 0)),
});

const quotaCode = v.optional(pattern(/^L-[0-9A-F]{8}$/, 'a code of Service Quotas, such as L-58BE175A'));
const perMinute = (what: string) => v.optional(wholeNumber(1, 1_000_000_000, `${what} a minute`));
const quota = object('what a host takes a minute', {
  tokensPerMinute: perMinute('tokens'),
  requestsPerMinute: perMinute('requests'),
  tokensQuotaCode: quotaCode,
  requestsQuotaCode: quotaCode,
});
const usd = 'must be a number of USD, 0 or more: tokens of a day, at list price';
const canary = v.union(
  [
    v.literal(false),
    object('what asks every host', {
      intervalMinutes: v.optional(wholeNumber(1, 60, 'minutes between two rounds; default 1')),
      dailyBudgetUsd: v.optional(
        v.pipe(v.number(usd), v.minValue(0, usd), v.description('tokens of a day; default 0.129')),
      ),
      quotas: v.optional(v.record(v.string(), quota, 'must be an object from host to quota: what hosts take a minute')),
      outsideView: v.optional(
        object('what asks from the internet, at 0.0012 USD each time', {
          intervalMinutes: v.optional(wholeNumber(1, 60, 'minutes between two looks; default 5')),
        }),
      ),
    }),
  ],
  'must be false, or an object with intervalMinutes, dailyBudgetUsd, quotas and outsideView: what asks every host',
);

export const failoverConfigSchema = object('configuration of the stack', {
  stackName: v.optional(pattern(/^[A-Za-z][A-Za-z0-9-]{0,127}$/, 'letters, digits and dashes, a letter first')),
  account: v.optional(pattern(...VERTEX_FORMS.account)),
  region: v.optional(region),
  models: list(text('model id or alias'), 'models that are served'),
  chain: list(chainHost, 'hosts in the order in which they are tried'),
  google: v.optional(google),
  residency: v.optional(oneOf(['eu', 'us', 'jp', 'au', 'anywhere'], 'where requests may be served; default anywhere')),
  budget: v.optional(budget),
  commit: v.optional(commit),
  trickle: v.optional(trickle),
  routes: v.optional(list(route, 'requests that are treated differently', 0)),
  teams: v.optional(list(team, 'who may call')),
  pageEmails: list(email, 'addresses that are woken', 0),
  noticeEmails: v.optional(list(email, 'addresses for what can wait', 0)),
  canary: v.optional(canary),
  onDestroy: v.optional(
    oneOf(['destroy', 'retain'], 'what happens to keys, logs and the health table; default destroy'),
  ),
});

/** Compiles only while schema and type say the same. */
export type SchemaIsConfig = Holds<SameShape<v.InferOutput<typeof failoverConfigSchema>, FailoverConfig>>;
