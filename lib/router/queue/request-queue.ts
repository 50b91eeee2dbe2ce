import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { LONGEST_INVOCATION_MS, type QueueConfig } from '../../contract';
import { DEADLINE, KEEP } from './check-queue';
import { privateBucket } from '../kept/private-bucket';
import type { QueueProps } from './queue-props';

export interface RequestQueueProps extends QueueProps {
  /** Who puts requests there, and answers them. */
  readonly role: iam.IRole;
  readonly encryptionKey?: kms.IKey;
  readonly removalPolicy: RemovalPolicy;
}

/** A worker's pauses: 15 minutes at the most, and a quarter less by chance. The first ones are short; a webhook has an hour of its own. */
const SHORTEST_LONG_PAUSE_S = 675;
const OTHER_TRIES = 30;
/** A message that nobody could settle is looked at by somebody. */
const DEAD_LETTERS_KEPT = Duration.days(14);
/** Beyond the deadline, at which a worker says that nobody had an answer. */
const MARGIN = Duration.hours(2);

/** Where requests wait: what they say in S3, that they are there in SQS. */
export class RequestQueue extends Construct {
  readonly queue: sqs.Queue;
  /** What no worker could settle by its deadline: each is a request without an answer. */
  readonly deadLetters: sqs.Queue;
  readonly config: QueueConfig;

  constructor(scope: Construct, id: string, props: RequestQueueProps) {
    super(scope, id);
    const { role, encryptionKey, removalPolicy, inOrder, webhooks = [] } = props;
    const { deadline = DEADLINE, keepAnswers = KEEP } = props;
    const deadlineMs = deadline.toMilliseconds();
    const keepMs = keepAnswers.toMilliseconds();
    const bucket = privateBucket(this, 'Bucket', {
      encryptionKey,
      expiration: wholeDays(deadlineMs + keepMs),
      removalPolicy,
    });
    const common = {
      // CloudFormation knows no `false`.
      fifo: inOrder ? true : undefined,
      enforceSSL: true,
      encryption: encryptionKey ? sqs.QueueEncryption.KMS : sqs.QueueEncryption.SQS_MANAGED,
      encryptionMasterKey: encryptionKey,
      removalPolicy,
    };
    this.deadLetters = new sqs.Queue(this, 'DeadLetters', { ...common, retentionPeriod: DEAD_LETTERS_KEPT });
    this.queue = new sqs.Queue(this, 'Queue', {
      ...common,
      retentionPeriod: deadline.plus(MARGIN),
      // As long as a worker may take: by then whoever had it is gone.
      visibilityTimeout: Duration.millis(LONGEST_INVOCATION_MS),
      deadLetterQueue: {
        queue: this.deadLetters,
        maxReceiveCount: Math.ceil(deadlineMs / 1000 / SHORTEST_LONG_PAUSE_S) + OTHER_TRIES,
      },
    });
    this.config = {
      url: this.queue.queueUrl,
      bucket: bucket.bucketName,
      deadlineMs,
      keepMs,
      webhooks:
        webhooks.length === 0
          ? undefined
          : webhooks.map(({ client, hosts, secret: { secret, field } }) => ({
              client,
              hosts,
              secret: { secretArn: secret.secretArn, field },
            })),
    };
    for (const { secret } of webhooks) secret.grantRead(role);
    grant(role, bucket, this.queue);
  }
}

/** Without the list of the bucket, S3 answers for what is not there as for what may not be seen. */
function grant(role: iam.IRole, bucket: s3.Bucket, { queueArn }: sqs.Queue): void {
  const statements = [
    {
      actions: ['s3:GetObject', 's3:PutObject'],
      resources: ['requests/*', 'answers/*'].map((keys) => bucket.arnForObjects(keys)),
    },
    { actions: ['s3:ListBucket'], resources: [bucket.bucketArn] },
    {
      actions: [
        'sqs:ChangeMessageVisibility',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        'sqs:ReceiveMessage',
        'sqs:SendMessage',
      ],
      resources: [queueArn],
    },
  ];
  for (const statement of statements) role.addToPrincipalPolicy(new iam.PolicyStatement(statement));
}

const wholeDays = (ms: number): Duration => Duration.days(Math.ceil(Duration.millis(ms).toDays({ integral: false })));
