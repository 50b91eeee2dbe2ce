import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { BedrockHostConfig, VertexHostConfig } from '../../../contract';
import { BATCH_LIMITS } from '../../../contract/batches/batch-names';
import { VERTEX_FORMS } from '../../../hosts/vertex/vertex-forms';
import type { BedrockBatchJobsProps, VertexBatchJobsProps } from './batch-jobs-props';

/** What is wrong, after the name of the property; undefined for nothing. */
type Problem = readonly [prop: string, why: string] | undefined;

export function bedrockProblem(
  scope: Construct,
  { minRequests: least, bucket }: BedrockBatchJobsProps,
  host: BedrockHostConfig,
): Problem {
  const [min, max] = BATCH_LIMITS.minRequests;
  const isRight = Number.isInteger(least) && least! >= min && least! <= max;
  if (least !== undefined && !Token.isUnresolved(least) && !isRight) {
    return ['minRequests', `must be a whole number from ${min} to ${max}, got ${least}`];
  }
  const { region } = Stack.of(scope);
  if (bucket !== undefined || host.region === region) return undefined;
  const at = Token.isUnresolved(region) ? 'which only the deployment knows' : region;
  return [
    'bucket',
    `is missing: jobs of a host in ${host.region} need a bucket there, and that of the batches is in the stack's region, ${at}`,
  ];
}

export function vertexProblem({ bucket, location }: VertexBatchJobsProps, host: VertexHostConfig): Problem {
  const wrong = (value: string, [form]: (typeof VERTEX_FORMS)['location']): boolean =>
    !Token.isUnresolved(value) && !form.test(value);
  const { jobsBucket, location: place } = VERTEX_FORMS;
  if (wrong(bucket, jobsBucket)) return ['bucket', `must be ${jobsBucket[1]}, got '${bucket}'`];
  if (location === undefined) return undefined;
  if (wrong(location, place)) return ['location', `must be ${place[1]}, got '${location}'`];
  if (host.location === 'global' || Token.isUnresolved(host.location)) return undefined;
  return ['location', `is for a host at global, and this one is in ${host.location}, as its jobs are; leave it out`];
}
