import {
  BedrockClient,
  CreateModelInvocationJobCommand,
  GetModelInvocationJobCommand,
  ListModelInvocationJobsCommand,
  StopModelInvocationJobCommand,
} from '@aws-sdk/client-bedrock';
import { SIMULATED_SESSION, startSimulatedHost, type SimulatedHost } from '../../../local/hosts';

const objects = new Map<string, string>();
const files = { name: 'bucket', objects, put: (key: string, text: string) => void objects.set(key, text) };
const BATCH_MS = 60_000;
let now: number;
let host: SimulatedHost;
let client: BedrockClient;

beforeEach(async () => {
  now = Date.now();
  objects.clear();
  host = await startSimulatedHost({
    kind: 'bedrock',
    name: 'bedrock',
    jobs: { files },
    clock: { now: () => now },
    batchMs: BATCH_MS,
  });
  const { accessKeyId, secretAccessKey } = SIMULATED_SESSION;
  const credentials = { accessKeyId, secretAccessKey };
  client = new BedrockClient({ region: 'us-east-1', endpoint: host.url, credentials, maxAttempts: 1 });
});
afterEach(async () => {
  client.destroy();
  await host.close();
});

const body = { anthropic_version: 'bedrock-2023-05-31', max_tokens: 9, messages: [{ role: 'user', content: 'Hi' }] };
const put = (count: number) =>
  files.put(
    'in.jsonl',
    Array.from({ length: count }, (_, at) => JSON.stringify({ recordId: `r${at}`, modelInput: body })).join('\n'),
  );
const command = (jobName: string, clientRequestToken = jobName) =>
  new CreateModelInvocationJobCommand({
    jobName,
    clientRequestToken,
    roleArn: 'arn:aws:iam::111122223333:role/batch-jobs',
    modelId: 'us.anthropic.claude-opus-5-5',
    inputDataConfig: { s3InputDataConfig: { s3InputFormat: 'JSONL', s3Uri: 's3://bucket/in.jsonl' } },
    outputDataConfig: { s3OutputDataConfig: { s3Uri: 's3://bucket/out/' } },
  });

it('AWS’s own client creates a job, finds it in the list, and its answers in the bucket', async () => {
  put(100);
  const { jobArn } = await client.send(command('first'));
  const jobIdentifier = jobArn!.split('/').at(-1);
  expect(await client.send(new GetModelInvocationJobCommand({ jobIdentifier }))).toMatchObject({
    status: 'InProgress',
    jobArn,
  });
  const { invocationJobSummaries } = await client.send(new ListModelInvocationJobsCommand({ nameContains: 'first' }));
  expect(invocationJobSummaries).toMatchObject([{ jobArn, jobName: 'first' }]);
  now += BATCH_MS;
  expect(await client.send(new GetModelInvocationJobCommand({ jobIdentifier }))).toMatchObject({ status: 'Completed' });
  const [line] = objects.get(`out/${jobIdentifier}/in.jsonl.out`)!.split('\n');
  expect(JSON.parse(line!)).toMatchObject({ recordId: 'r0', modelInput: body, modelOutput: { role: 'assistant' } });
  expect(JSON.parse(objects.get(`out/${jobIdentifier}/manifest.json.out`)!)).toMatchObject({ successRecordCount: 100 });
});

it('the same token is the same job, and the same name another’s', async () => {
  put(100);
  const { jobArn } = await client.send(command('first'));
  expect(await client.send(command('first'))).toMatchObject({ jobArn });
  await expect(client.send(command('first', 'other'))).rejects.toMatchObject({ name: 'ConflictException' });
});

it('a job of too few records fails, and one that has ended cannot be stopped', async () => {
  put(99);
  const { jobArn } = await client.send(command('few'));
  const jobIdentifier = jobArn!.split('/').at(-1);
  expect(await client.send(new GetModelInvocationJobCommand({ jobIdentifier }))).toMatchObject({
    status: 'Failed',
    message: expect.stringContaining('minimum of: 100'),
  });
  now += BATCH_MS;
  await expect(client.send(new StopModelInvocationJobCommand({ jobIdentifier }))).rejects.toMatchObject({
    name: 'ValidationException',
  });
});
