import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { FairQueueConfig } from '../../contract';
import type { ShapeSettings } from '../shape/router-shape';
import { ValidationError } from '../../validation-error';

/** How clients (teams) take turns at the hosts, in a shape whose processes serve many requests. */
export interface FairQueueProps {
  /**
   * Requests for one model that one process has under way at a time, a whole number from 1; what is beyond them waits for its turn, ten
   * seconds or what `x-failover-wait` says.
   * @default - as many as hosts take: fewer after each request that none took, and more again with those that go well
   */
  readonly concurrent?: number;
}

/** A function has one request at a time, so that nothing waits in it. */
export function fairQueueConfig(scope: Construct, settings: ShapeSettings): FairQueueConfig | undefined {
  if (settings.kind === 'lambda' || settings.props.fairQueue === undefined) return undefined;
  const { concurrent } = settings.props.fairQueue;
  if (concurrent === undefined || Token.isUnresolved(concurrent) || (Number.isInteger(concurrent) && concurrent >= 1)) {
    return { concurrent };
  }
  throw new ValidationError(scope, `'fairQueue.concurrent' is ${concurrent}; it must be a whole number from 1`);
}
