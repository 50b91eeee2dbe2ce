import * as v from 'valibot';
import {
  BUDGET_PRESETS,
  COMMIT_MODES,
  FORMS,
  HOST_KINDS,
  LIMITS,
  QUOTA_PERIODS,
  type Steering,
  STEERING_HEADERS,
} from '../../../lib/contract';
import { hostName, timers } from '../../hosts/host-schema';
import { flag, list, millis, object, oneOf, part, pattern, share, text, wholeNumber } from '../../schema/schema-parts';
import { model } from './model-schema';

const STEERING = Object.keys(STEERING_HEADERS) as readonly Steering[];

/** What is said of one that no kind has. */
export const wrongHost = (issue: v.BaseIssue<unknown>): string =>
  `must be ${issue.path ? `one of ${HOST_KINDS.join(', ')}: kind of host` : 'an object: a host'}`;

const budget = v.union(
  [
    oneOf(BUDGET_PRESETS, 'preset'),
    object('a preset with changes', {
      preset: v.optional(oneOf(BUDGET_PRESETS, 'preset the other values change; default interactive')),
      deadlineMs: v.optional(
        millis(...LIMITS.timeoutMs, "from the request's arrival to the last byte, over all attempts"),
      ),
      ...timers,
      pingAfterMs: v.optional(millis(...LIMITS.timeoutMs, 'silence before the first ping of a stream')),
      maxAttempts: v.optional(wholeNumber(1, 100, 'attempts over all hosts')),
    }),
  ],
  'must be "realtime", "interactive", "batch", or an object such as {"preset": "batch", "deadlineMs": 600000}',
);

const route = {
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
  maxDeadlineMs: v.optional(millis(...LIMITS.timeoutMs, 'upper limit of x-failover-budget; default 840000')),
  commit: v.optional(oneOf(COMMIT_MODES, 'when an answer is committed; default first-content')),
  trickle: v.optional(part('share of the conversations that begin at a healthy fallback; default 0')),
  unaryAsStream: v.optional(flag('read non-streaming answers upstream as a stream; default true')),
};

export const limitEntries = {
  rate: v.optional(wholeNumber(1, 1_000_000, 'requests a second, on average')),
  burst: v.optional(wholeNumber(1, 1_000_000, 'requests that may come at once; default as many as rate')),
  quota: v.optional(
    object('requests in a longer period', {
      limit: wholeNumber(1, 1_000_000_000, 'requests in the period'),
      period: oneOf(QUOTA_PERIODS, 'period, by UTC'),
    }),
  ),
};

const client = {
  name: text('client name'),
  keySha256: v.optional(
    v.union(
      [
        pattern(...FORMS.sha256),
        list(pattern(...FORMS.sha256), 'SHA-256 of each of its gateway keys: the new one beside the old'),
      ],
      `must be ${FORMS.sha256[1]}, or a list of such`,
    ),
  ),
  limits: v.optional(object('how many requests this client may send', limitEntries)),
  apiKeyId: v.optional(text("API Gateway's id of the client's key, never the key itself")),
  may: v.optional(list(oneOf(STEERING, 'steering'), 'what this client may steer, beyond "steering"', 0)),
};

/** `host`: of the kinds that there may be; `more`: what a route may have besides, a client, and the whole. */
export const routerSchema = <
  Host,
  More extends v.ObjectEntries,
  MoreOfClient extends v.ObjectEntries,
  MoreOfAll extends v.ObjectEntries,
>(
  host: v.GenericSchema<unknown, Host>,
  more: { readonly route: More; readonly client: MoreOfClient; readonly all: MoreOfAll },
) =>
  object('configuration of the router', {
    hosts: list(host, 'places that serve Claude'),
    models: list(model, 'models the gateway offers'),
    routes: list(
      object('what matches a request, and where it goes', { ...route, ...more.route }),
      'routes; the first that matches is taken',
    ),
    clients: v.optional(
      list(
        object('a client of the gateway', { ...client, ...more.client }),
        'who may call; without it, anyone the front door lets in',
      ),
    ),
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
    openHealth: v.optional(flag('GET /health says its status only, so that anybody may ask; default false')),
    frontSecretSha256: v.optional(
      pattern(FORMS.sha256[0], 'SHA-256 of what CloudFront sends as x-failover-front: 64 hex digits'),
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
        successes: v.optional(share('share of the requests without any failure whose lines are written; default 1')),
      }),
    ),
    ...more.all,
  });
