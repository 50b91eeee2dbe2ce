import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { MessageQueue } from '../../aws/message-queue';
import { readMessage } from '../../gateway/queue/message';
import type { Worker } from '../../gateway/queue/answering/worker';
import type { WriteLog } from '../../gateway/telemetry/log-writer';
import { errorText } from '../../runtime/error-text';

/** Kept for the last steps: the answer is stored, and the message told when to come again. */
const MARGIN_MS = 20_000;
/** After a fault of our own or of AWS's. */
const FAULT_MS = 60_000;

export interface HandlerParts {
  readonly work: Worker;
  readonly messages: Pick<MessageQueue, 'hide'>;
  readonly log: WriteLog;
  /** What has to be written before Lambda may stand still. */
  readonly settle: () => Promise<void> | undefined;
}

/** Several messages at once, each by itself: what has failed is named, and comes again when it says. */
export function createHandler({ work, messages, log, settle }: HandlerParts) {
  const again = async ({ messageId, body, receiptHandle }: SQSRecord, timeLeftMs: number): Promise<string[]> => {
    const afterMs = await Promise.try(() => work(readMessage(body), timeLeftMs)).catch((error: unknown) => {
      log('ERROR', 'worker fault', { messageId, problem: errorText(error) });
      return FAULT_MS;
    });
    if (afterMs === undefined) return [];
    // Where this fails, it comes again when the queue says.
    await messages.hide(receiptHandle, Math.ceil(afterMs / 1000)).catch(() => {});
    return [messageId];
  };

  return async (
    { Records }: SQSEvent,
    context: Pick<Context, 'getRemainingTimeInMillis'>,
  ): Promise<SQSBatchResponse> => {
    const timeLeftMs = context.getRemainingTimeInMillis() - MARGIN_MS;
    const failed = await Promise.all(Records.map((record) => again(record, timeLeftMs)));
    await settle();
    return { batchItemFailures: failed.flat().map((itemIdentifier) => ({ itemIdentifier })) };
  };
}
