import * as v from 'valibot';
import type { Holds, SameShape } from '../lambda/schema/same-shape';
import { clientSpendSchema, spendSchema } from '../lambda/gateway/config/spend/spend-schema';
import { minuteLimits } from '../lambda/gateway/config/governance/limits-schema';
import { guardrailSchema, policySchema } from '../lambda/gateway/config/governance/policy-schema';
import { hoursSchema } from '../lambda/gateway/config/routes/order-schema';
import { flag, list, object, oneOf, pattern, text, wholeNumber } from '../lambda/schema/schema-parts';
import { FORMS, type Steering, STEERING_HEADERS } from '../lib/contract';
import { auditTrailSchema } from './governance/audit-config';
import type { FailoverConfig } from './failover-config';
import { google } from './google-schema';
import { CHAIN_HOSTS } from './hosts/chain-hosts';
import { LAST_RESORT_HOSTS } from './hosts/last-resort-hosts';
import { batchesSchema } from './batches/batches-config';
import { queueSchema } from './queue/queue-config';
import { domain, regions } from './regions/region-config';
import { routeOptions } from './route-options';
import { spendReportSchema } from './governance/spend-report-config';
import { shapeSchema } from './shape-config';

const email = pattern(...FORMS.email);

const chainHost = v.variant(
  'host',
  Object.values(CHAIN_HOSTS).map(({ schema }) => schema),
  (issue) =>
    `must be ${issue.path ? `one of ${Object.keys(CHAIN_HOSTS).join(', ')}: kind of host` : 'an object: a host'}`,
);

const lastResortHost = v.variant(
  'host',
  Object.values(LAST_RESORT_HOSTS).map(({ schema }) => schema),
  (issue) =>
    `must be ${issue.path ? `one of ${Object.keys(LAST_RESORT_HOSTS).join(', ')}: kind of host` : 'an object: a host and its model'}`,
);

const route = object('what matches a request, and where it goes', {
  models: v.optional(list(text('model id or alias; * at the end matches any rest'), 'models that match')),
  teams: v.optional(list(text('name of a team'), 'teams that match')),
  hours: v.optional(hoursSchema),
  chain: v.optional(list(text('name of a host of the chain'), 'hosts in the order in which they are tried')),
  lastResort: v.optional(v.literal(false, 'must be false: no other model; leave it out for those of the stack')),
  ...routeOptions,
});

const STEERING = Object.keys(STEERING_HEADERS) as readonly Steering[];
const team = object('a team that may call', {
  name: pattern(...FORMS.teamName),
  rateLimit: v.optional(wholeNumber(1, 10_000, 'requests a second, on average')),
  burstLimit: v.optional(wholeNumber(1, 5_000, 'requests that may come at once')),
  quota: v.optional(
    object('requests in a calendar day, week or month', {
      limit: wholeNumber(1, 2_000_000_000, 'requests in the period'),
      period: oneOf(['DAY', 'WEEK', 'MONTH'], 'period of the quota'),
    }),
  ),
  spend: clientSpendSchema,
  operator: v.optional(flag("its key is an operator's, who sees and sets spend limits; default false")),
  ...minuteLimits,
  policy: v.optional(policySchema),
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
      openaiDoor: v.optional(flag("asks the gateway as OpenAI's clients do, too; default false")),
      outsideView: v.optional(
        object('what asks from the internet, at 0.0012 USD each time', {
          intervalMinutes: v.optional(wholeNumber(1, 60, 'minutes between two looks; default 5')),
        }),
      ),
    }),
  ],
  'must be false, or an object with intervalMinutes, dailyBudgetUsd, quotas, openaiDoor and outsideView: what asks every host',
);

export const failoverConfigSchema = object('configuration of the stack', {
  stackName: v.optional(pattern(/^[A-Za-z][A-Za-z0-9-]{0,127}$/, 'letters, digits and dashes, a letter first')),
  account: v.optional(pattern(...FORMS.awsAccount)),
  region: v.optional(pattern(...FORMS.awsRegion)),
  regions: v.optional(regions),
  domain: v.optional(domain),
  shape: v.optional(shapeSchema),
  models: list(text('model id or alias'), 'models that are served'),
  chain: list(chainHost, 'hosts in the order in which they are tried'),
  lastResort: v.optional(list(lastResortHost, 'other models, for when the whole chain has failed', 0)),
  google: v.optional(google),
  residency: v.optional(oneOf(['eu', 'us', 'jp', 'au', 'anywhere'], 'where requests may be served; default anywhere')),
  ...routeOptions,
  queue: v.optional(queueSchema),
  batches: v.optional(batchesSchema),
  routes: v.optional(list(route, 'requests that are treated differently', 0)),
  teams: v.optional(list(team, 'who may call')),
  spend: spendSchema,
  pageEmails: list(email, 'addresses that are woken', 0),
  noticeEmails: v.optional(list(email, 'addresses for what can wait', 0)),
  canary: v.optional(canary),
  guardrail: v.optional(guardrailSchema),
  audit: v.optional(auditTrailSchema),
  spendReport: v.optional(spendReportSchema),
  onDestroy: v.optional(
    oneOf(['destroy', 'retain'], 'what happens to keys, logs and the health table; default destroy'),
  ),
});

/** Compiles only while schema and type say the same. */
export type SchemaIsConfig = Holds<SameShape<v.InferOutput<typeof failoverConfigSchema>, FailoverConfig>>;
