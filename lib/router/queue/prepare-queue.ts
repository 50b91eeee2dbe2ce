import type { RemovalPolicy } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { QueueConfig, RouterConfig } from '../../contract';
import { ValidationError } from '../../validation-error';
import type { FailoverRouterProps } from '../router-props';
import { otherRegions } from '../shape/other-regions';
import type { ShapeSettings } from '../shape/router-shape';
import type { RuntimeDraft } from '../shape/runtime';
import { checkQueue } from './check-queue';
import { queueWorker } from './queue-worker';
import { RequestQueue } from './request-queue';

/** A place for requests to wait in, before there is a worker: that is told all that the router is told. */
export interface PreparedQueue {
  readonly queue: sqs.IQueue;
  readonly deadLetters: sqs.IQueue;
  readonly config: QueueConfig;
  work(environment: Readonly<Record<string, string>>, securityGroups: ec2.ISecurityGroup[] | undefined): void;
}

export function prepareQueue(
  scope: Construct,
  settings: ShapeSettings,
  router: RuntimeDraft,
  config: RouterConfig,
  props: FailoverRouterProps & { readonly removalPolicy: RemovalPolicy },
): PreparedQueue {
  const { encryptionKey, removalPolicy, vpc, queue = {} } = props;
  if (otherRegions(scope, settings).length > 0) {
    throw new ValidationError(
      scope,
      "'queue' is in the stack's region, and a router in another does not reach it; leave out 'queue', or 'regions' of RouterShape.webFunction()",
    );
  }
  checkQueue(scope, queue, config);
  const requests = new RequestQueue(scope, 'RequestQueue', {
    ...queue,
    role: router.grantPrincipal,
    encryptionKey,
    removalPolicy,
  });
  return {
    queue: requests.queue,
    deadLetters: requests.deadLetters,
    config: requests.config,
    work(environment, securityGroups) {
      // Outside of a VPC it has no groups, whatever its router has.
      queueWorker(requests, { ...props, router, requests, environment, securityGroups: vpc && securityGroups });
    },
  };
}
