import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import * as v from 'valibot';
import { flag, list, object, pattern, text, wholeNumber } from '../../lambda/schema/schema-parts';
import { WEBHOOK_HOST } from '../../lib/contract/queue/queue';
import { ProviderKey } from '../../lib/hosts/provider-key';
import type { QueueProps } from '../../lib/router/queue/queue-props';

/** Where a team hears that its request has an answer. A secret is made for it, and needs the real one, as docs/queue.md says. */
export interface WebhookConfig {
  readonly team: string;
  /** Hosts that the team may name, with a port where that is not 443. */
  readonly hosts: readonly string[];
}

/** Requests that can wait. */
export interface QueueConfig {
  /** How long a request may wait, 1 to 4320. @default 360 */
  readonly deadlineMinutes?: number;
  /** How long after that an answer is still there, 1 to 720. @default 24 */
  readonly keepAnswersHours?: number;
  /** Whether a team's requests are answered one after the other. @default false */
  readonly inOrder?: boolean;
  /** Workers at a time, 2 to 1000. @default 10 */
  readonly maxConcurrency?: number;
  /** @default - answers are fetched */
  readonly webhooks?: readonly WebhookConfig[];
}

export const queueSchema = object('requests that can wait', {
  deadlineMinutes: v.optional(wholeNumber(1, 4320, 'minutes for which a request may wait; default 360')),
  keepAnswersHours: v.optional(wholeNumber(1, 720, 'hours after that for which an answer is still there; default 24')),
  inOrder: v.optional(flag("a team's requests are answered one after the other; default false")),
  maxConcurrency: v.optional(wholeNumber(2, 1000, 'workers at a time; default 10')),
  webhooks: v.optional(
    list(
      object('where a team hears of its answers', {
        team: text('name of the team'),
        hosts: list(pattern(...WEBHOOK_HOST), 'hosts that the team may name'),
      }),
      'webhooks of teams',
    ),
  ),
});

export const queueProps = (
  { deadlineMinutes, keepAnswersHours, webhooks, ...queue }: QueueConfig,
  { scope, removalPolicy }: { readonly scope: Construct; readonly removalPolicy: RemovalPolicy },
): QueueProps => ({
  ...queue,
  deadline: deadlineMinutes === undefined ? undefined : Duration.minutes(deadlineMinutes),
  keepAnswers: keepAnswersHours === undefined ? undefined : Duration.hours(keepAnswersHours),
  webhooks: webhooks?.map(({ team, hosts }) => ({
    client: team,
    hosts: [...hosts],
    secret: new ProviderKey(scope, `Webhook-${team}`, { removalPolicy }),
  })),
});
