import type { Duration } from 'aws-cdk-lib';
import type { IProviderKey } from '../../hosts/provider-key';

/** What becomes of a request when no host has an answer. */
export enum WhenDown {
  /** Its client gets the error. */
  FAIL = 'fail',
  /** It waits, if its client has agreed by `x-failover-queue: yes`: that client gets 202. Needs the router's `queue`. */
  QUEUE = 'queue',
}

/** Where a client hears that its request has an answer. */
export interface WebhookProps {
  /** Name of the client (team) whose requests may ask for it. */
  readonly client: string;
  /** Hosts that it may name, in lower case, with a port where that is not 443. What they lead to has to be public. */
  readonly hosts: string[];
  /** What messages are signed with, in the form of Standard Webhooks: `whsec_` and base64 of 24 to 64 bytes. */
  readonly secret: IProviderKey;
}

/** Requests that can wait: clients send `Prefer: respond-async`, get 202, and fetch the answer later. */
export interface QueueProps {
  /**
   * How long a request may wait for an answer, from 1 minute to 3 days. A client may ask for less by `x-failover-deadline`.
   * @default Duration.hours(6)
   */
  readonly deadline?: Duration;
  /**
   * How long after its deadline an answer can still be fetched, from 1 hour to 30 days. S3 deletes what is older within a day or two.
   * @default Duration.days(1)
   */
  readonly keepAnswers?: Duration;
  /**
   * Whether the requests of a client are answered one after the other, in their order. One that waits then holds up those behind it.
   * Changing it later makes another queue, and what is in the old one is not answered.
   * @default false - each as soon as it can be
   */
  readonly inOrder?: boolean;
  /**
   * Workers at a time, a whole number from 2 to 1000, each with up to five requests; in order, with one.
   * @default 10 - so that what an outage has gathered does not overrun the hosts' quotas
   */
  readonly maxConcurrency?: number;
  /**
   * Clients that may be told of their answers, by `x-failover-webhook`.
   * @default - none: answers are fetched
   */
  readonly webhooks?: WebhookProps[];
}
