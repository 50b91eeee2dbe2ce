import * as v from 'valibot';
import { QUEUE_DEADLINE_MS, QUEUE_KEEP_MS, WEBHOOK_HOST, WHEN_DOWN } from '../../../../lib/contract/queue/queue';
import { key } from '../../../hosts/host-schema';
import { http, list, millis, object, oneOf, pattern, text } from '../../../schema/schema-parts';

export const whenDownSchema = oneOf(WHEN_DOWN, 'whether requests of clients that agree wait; default fail');

/** Where requests that can wait are put, as the construct writes it. */
export const queueSchema = object('requests that can wait', {
  url: http('address of the SQS queue'),
  bucket: pattern(/^[a-z0-9.-]{3,63}$/, 'the name of an S3 bucket'),
  deadlineMs: millis(...QUEUE_DEADLINE_MS, 'how long a request may wait'),
  keepMs: millis(...QUEUE_KEEP_MS, 'how long after its deadline an answer is still there'),
  webhooks: v.optional(
    list(
      object('where a client hears of its answers', {
        client: text('name of the client'),
        hosts: list(pattern(...WEBHOOK_HOST), 'hosts that its requests may name'),
        secret: key,
      }),
      'webhooks of clients',
    ),
  ),
});
