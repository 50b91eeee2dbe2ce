import type { KeySource } from '../hosts/host-config';

/** Where a client hears that its request has an answer. */
export interface WebhookConfig {
  /** Name of the client whose requests may ask for it. */
  readonly client: string;
  /** Hosts it may name, each with a port where that is not 443. */
  readonly hosts: readonly string[];
  /** What the messages are signed with, in Standard Webhooks' form: `whsec_` and base64 of 24 to 64 bytes. */
  readonly secret: KeySource;
}

/** Requests that can wait. The construct writes it: a worker of its own answers what is put there. */
export interface QueueConfig {
  /** Of the SQS queue. Its name ends in `.fifo` where the requests of a client are answered in their order. */
  readonly url: string;
  /** Of S3, in the router's region: requests under `requests/`, answers under `answers/`. */
  readonly bucket: string;
  /** How long a request may wait: what `x-failover-deadline` may ask at the most, and what counts without it. */
  readonly deadlineMs: number;
  /** How long after its deadline an answer is still there. */
  readonly keepMs: number;
  /** @default - none */
  readonly webhooks?: readonly WebhookConfig[];
}

/** What a route does when none of its hosts has an answer. */
export const WHEN_DOWN = ['fail', 'queue'] as const;
export type WhenDown = (typeof WHEN_DOWN)[number];

/** Where an answer is fetched, followed by the id of its request. */
export const ASYNC_PATH = '/v1/messages/async/';

/** What a client says of a request that can wait. They never reach a host. */
export const QUEUE_HEADERS = {
  /** `yes`: may wait, rather than fail, when every host is down. */
  consent: 'x-failover-queue',
  /** Seconds. */
  deadline: 'x-failover-deadline',
  webhook: 'x-failover-webhook',
} as const;

/** A name, since an address is nothing that a certificate is for. */
export const WEBHOOK_HOST = [
  /^([a-z0-9-]+\.)+[a-z0-9-]*[a-z][a-z0-9-]*(:\d{1,5})?$/,
  'a host name in lower case, with a port if it is not 443',
] as const;

/** From and to. */
export const QUEUE_DEADLINE_MS = [60_000, 259_200_000] as const;
export const QUEUE_KEEP_MS = [3_600_000, 2_592_000_000] as const;
