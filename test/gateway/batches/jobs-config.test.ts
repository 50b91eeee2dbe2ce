import { missingForBatches } from '../../../lambda/gateway/batches/batches-env';
import { anthropic, bedrock, problems, small } from '../small-config';

const vertex = { name: 'vertex', kind: 'vertex', project: 'p', location: 'global' };
const roleArn = 'arn:aws:iam::111122223333:role/batch-jobs';
const config = (jobs: object, hosts: readonly object[] = [anthropic, bedrock, vertex]) =>
  small({ hosts, routes: [{ chain: hosts.map((host) => (host as { name: string }).name) }], batches: { jobs } });

it.each([
  ['Bedrock’s by a role, in the batches’ own bucket', { bedrock: { roleArn } }],
  ['Bedrock’s in a bucket of their own', { bedrock: { roleArn, bucket: 's3://my-batches', minRequests: 1000 } }],
  ['Vertex AI’s', { vertex: { bucket: 'gs://my-batches' } }],
  ['Vertex AI’s in a region', { vertex: { bucket: 'gs://my-batches', location: 'us-east5' } }],
])('batch jobs are right: %s', (_what, jobs) => {
  expect(problems(config(jobs))).toEqual([]);
});

it.each([
  [{ vertx: {} }, 'batches.jobs: there is no host "vertx"; the hosts are anthropic, bedrock, vertex'],
  [{ anthropic: {} }, 'batches.jobs["anthropic"]: a host of kind anthropic has no batch jobs; bedrock and vertex have'],
  [{ bedrock: {} }, 'batches.jobs["bedrock"].roleArn: Bedrock reads and writes the bucket by a service role'],
  [{ vertex: {} }, 'batches.jobs["vertex"].bucket: Vertex AI reads requests from Cloud Storage'],
  [{ vertex: { bucket: 's3://x-x' } }, 'batches.jobs["vertex"].bucket: "s3://x-x" is not where jobs of vertex are'],
  [{ bedrock: { roleArn, bucket: 'gs://x-x' } }, 'batches.jobs["bedrock"].bucket: "gs://x-x" is not where'],
  [{ bedrock: { roleArn, bucket: 'my-batches' } }, 'such as s3://my-batches or gs://my-batches, without a folder'],
  [{ bedrock: { roleArn: 'batch-jobs' } }, 'must be the ARN of the service role of Bedrock’s batch jobs'],
  [{ bedrock: { roleArn, location: 'us-east5' } }, 'batches.jobs["bedrock"].location: a host of kind bedrock has none'],
  [{ vertex: { bucket: 'gs://x-x', roleArn } }, 'batches.jobs["vertex"].roleArn: a host of kind vertex has none'],
])('batch jobs %j are explained', (jobs, expected) => {
  expect(problems(config(jobs))).toEqual([expect.stringContaining(expected)]);
});

it('jobs of a host in one location run nowhere else', () => {
  const jobs = { vertex: { bucket: 'gs://x-x', location: 'us-east5' } };
  expect(problems(config(jobs, [anthropic, { ...vertex, location: 'eu' }]))).toEqual([
    'batches.jobs["vertex"].location: the host is in eu, and so are its jobs; leave it out',
  ]);
});

it('batch jobs of a cloud are enough for batches, without Anthropic', () => {
  expect(problems(config({ vertex: { bucket: 'gs://x-x' } }, [vertex]))).toEqual([]);
});

it('a job of Bedrock in another region needs a bucket there', () => {
  const env = { FAILOVER_BATCHES_TABLE: 't', FAILOVER_BATCHES_BUCKET: 'b', AWS_REGION: 'eu-central-1' };
  const hosts = [{ name: 'bedrock', kind: 'bedrock', region: 'us-east-1' } as const];
  const withJobs = (bucket?: string) => ({
    hosts,
    batches: { jobs: { bedrock: { roleArn, ...(bucket && { bucket }) } } },
  });
  expect(missingForBatches(withJobs(), env)).toEqual([
    expect.stringMatching(/^batches\.jobs\["bedrock"\]\.bucket: .* in eu-central-1, .* one in us-east-1/),
  ]);
  expect(missingForBatches(withJobs('s3://there'), env)).toEqual([]);
  expect(missingForBatches(withJobs(), { ...env, AWS_REGION: 'us-east-1' })).toEqual([]);
});
