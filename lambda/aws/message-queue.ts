import { requireEnv, type Env } from '../runtime/require-env';
import { callAwsJson } from './call-aws-json';

/** One queue of SQS, by its address. All reject when it cannot be used. */
export interface MessageQueue {
  /** `group`: of what is to come out in the order in which it went in, where the queue keeps one; `id`: by which it knows the same again. */
  send(body: string, group: string, id: string): Promise<void>;
  /** When a message that somebody has taken is there again. */
  hide(receipt: string, seconds: number): Promise<void>;
}

/** `timeoutMs`: for one operation with all its retries. */
export function messageQueue(url: string, env: Env, timeoutMs: number): MessageQueue {
  const region = requireEnv(env, 'AWS_REGION');
  const call = async (operation: string, body: object): Promise<void> => {
    const target = `AmazonSQS.${operation}`;
    const signal = AbortSignal.timeout(timeoutMs);
    await callAwsJson({ service: 'sqs', region, target, body: { QueueUrl: url, ...body }, signal }, env);
  };
  const isOrdered = url.endsWith('.fifo');
  return {
    send: (body, group, id) =>
      call('SendMessage', {
        MessageBody: body,
        ...(isOrdered && { MessageGroupId: group, MessageDeduplicationId: id }),
      }),
    hide: (receipt, seconds) => call('ChangeMessageVisibility', { ReceiptHandle: receipt, VisibilityTimeout: seconds }),
  };
}
