import type { SQSRecord } from 'aws-lambda';
import { callAwsJson } from '../../../lambda/aws/call-aws-json';
import { awsEnv } from '../aws';
import { accessOf } from '../iam/lambda-role';
import type { DeployedFunction } from '../runtime/deployed-function';
import type { SetUp } from '../set-up';
import { REGION } from '../stack/test-config';

interface Received {
  readonly Messages?: readonly { readonly MessageId: string; readonly ReceiptHandle: string; readonly Body: string }[];
}

/** What Lambda does between a queue and a function, in the name of the function's role. */
export async function openPoller({ iam, awsUrl }: SetUp, fn: DeployedFunction, QueueUrl: string) {
  const { session } = await accessOf(iam, fn, awsUrl);
  const call = (operation: string, body: object): Promise<unknown> =>
    callAwsJson(
      { service: 'sqs', region: REGION, target: `AmazonSQS.${operation}`, body: { QueueUrl, ...body } },
      awsEnv(awsUrl, session),
    );
  // By which it sees how much there is to do.
  await call('GetQueueAttributes', { AttributeNames: ['All'] });
  return {
    async take(): Promise<SQSRecord[]> {
      const { Messages = [] } = (await call('ReceiveMessage', { MaxNumberOfMessages: 5 })) as Received;
      return Messages.map(({ MessageId: messageId, ReceiptHandle: receiptHandle, Body: body }) => ({
        messageId,
        receiptHandle,
        body,
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: '0',
          SenderId: '',
          ApproximateFirstReceiveTimestamp: '0',
        },
        messageAttributes: {},
        md5OfBody: '',
        eventSource: 'aws:sqs',
        eventSourceARN: '',
        awsRegion: REGION,
      }));
    },
    async delete(records: readonly SQSRecord[]): Promise<void> {
      for (const { receiptHandle } of records) await call('DeleteMessage', { ReceiptHandle: receiptHandle });
    },
  };
}
