import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { workerFunction, type WorkerFunctionProps } from '../shape/worker-function';
import type { QueueProps } from './queue-props';
import type { RequestQueue } from './request-queue';

export interface QueueWorkerProps extends Omit<WorkerFunctionProps, 'bundle' | 'description'> {
  readonly queue?: QueueProps;
  readonly requests: RequestQueue;
}

/** Bodies of up to 32 MB each. */
const BATCH = 5;
const MAX_CONCURRENCY = 10;

/** The function that answers what waits. */
export function queueWorker(scope: Construct, { queue = {}, requests, ...props }: QueueWorkerProps): void {
  const description = 'Answers requests that wait, from the first host of a chain that can';
  const fn = workerFunction(scope, { ...props, bundle: 'queue-worker', description });
  const mapping = new lambda.EventSourceMapping(scope, 'Messages', {
    target: fn,
    eventSourceArn: requests.queue.queueArn,
    batchSize: queue.inOrder ? 1 : BATCH,
    reportBatchItemFailures: true,
    maxConcurrency: queue.maxConcurrency ?? MAX_CONCURRENCY,
  });
  // Lambda looks whether the role may, when it is made.
  mapping.node.addDependency(props.router.grantPrincipal);
}
