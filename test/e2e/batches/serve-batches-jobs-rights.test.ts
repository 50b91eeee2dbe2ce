import { type RecordedRequest, takeApart } from '../../../local/hosts/requests/recorded-request';
import type { Asked } from '../../deployed/iam/access';
import { ACCOUNT, REGION } from '../../deployed/stack/test-config';
import { ENOUGH, onlyCloud } from './clouds';
import { BUCKET, JOB_ROLE, refusalOf, ROUTER, sessionOf } from './deployed-jobs';
import { client, many, resultsOf, tally } from './sdk';
import { HOUR_MS, useWorld } from './world';

const start = useWorld();
const SERVICE = 'bedrock.amazonaws.com';
const BEDROCK = `arn:aws:bedrock:${REGION}:${ACCOUNT}`;
const job = (id: string): string => `${BEDROCK}:model-invocation-job/${id}`;

/** A global profile, and its model in the source region and wherever Bedrock sends it. */
const behind = (profile: string): string[] => [
  `${BEDROCK}:inference-profile/${profile}`,
  ...[REGION, ''].map((at) => `arn:aws:bedrock:${at}::foundation-model/${profile.replace('global.', '')}`),
];

/** What a call to Bedrock's control plane asks IAM for, by AWS's pages on batch inference. */
function asksOf(request: RecordedRequest): Asked[] {
  const { method, path, json } = takeApart(request);
  const [, root, id = '', end] = path.split('/');
  if (root === 'model-invocation-jobs') return [{ action: 'bedrock:ListModelInvocationJobs', resource: '*' }];
  if (method === 'GET') return [{ action: 'bedrock:GetModelInvocationJob', resource: job(id) }];
  if (end === 'stop') return [{ action: 'bedrock:StopModelInvocationJob', resource: job(id) }];
  const resources = [job('new'), ...behind(String(json?.['modelId']))];
  return [
    ...resources.map((resource) => ({ action: 'bedrock:CreateModelInvocationJob', resource })),
    { action: 'iam:PassRole', resource: String(json?.['roleArn']), context: { 'iam:PassedToService': SERVICE } },
  ];
}

it('the role that the constructs make may do all that jobs of Bedrock ask for', async () => {
  const world = await onlyCloud(start, 'bedrock', {
    batches: { jobs: { bedrock: { roleArn: JOB_ROLE } } },
    // The second has to wait, for which the others are looked through.
    sides: { bedrock: { most: 1 } },
    simulated: { bedrock: { batchMs: HOUR_MS } },
  });
  const sdk = client(world);
  const [first, second] = await Promise.all([1, 2].map(() => sdk.messages.batches.create(many(ENOUGH))));
  await world.tick();
  await world.tick();
  await sdk.messages.batches.cancel(first!.id);
  await world.untilEnded();
  expect(tally(await resultsOf(sdk, second!.id))).toEqual({ succeeded: ENOUGH });
  const asked = world
    .host('bedrock')
    .requests.filter(({ path }) => path.startsWith('/model-invocation-job'))
    .flatMap(asksOf);
  expect(new Set(asked.map(({ action }) => action))).toEqual(
    new Set([
      ...['Create', 'Get', 'Stop'].map((verb) => `bedrock:${verb}ModelInvocationJob`),
      'bedrock:ListModelInvocationJobs',
      'iam:PassRole',
    ]),
  );
  const each = new Map(asked.map((one) => [JSON.stringify(one), one]));
  for (const one of each.values()) expect(await refusalOf(sessionOf(ROUTER), one)).toBeUndefined();
});

describe('the jobs’ own role', () => {
  const assume = (account: string, source: string) =>
    refusalOf(SERVICE, {
      action: 'sts:AssumeRole',
      resource: JOB_ROLE,
      context: { 'aws:SourceAccount': account, 'aws:SourceArn': source },
    });

  it('is taken for jobs of this account and region, and for nothing else', async () => {
    expect(await assume(ACCOUNT, job('abc'))).toBeUndefined();
    expect(await assume('999999999999', job('abc').replace(ACCOUNT, '999999999999'))).toMatch(/not authorized/);
    expect(await assume(ACCOUNT, job('abc').replace(REGION, 'eu-west-1'))).toMatch(/not authorized/);
    expect(await assume(ACCOUNT, `${BEDROCK}:model-customization-job/abc`)).toMatch(/not authorized/);
  });

  const inOwn = { 'aws:ResourceAccount': ACCOUNT };
  it.each<Asked>([
    { action: 's3:GetObject', resource: `${BUCKET}/batches/jobs/a/input.jsonl`, context: inOwn },
    { action: 's3:PutObject', resource: `${BUCKET}/batches/jobs/a/out/b/input.jsonl.out`, context: inOwn },
    { action: 's3:ListBucket', resource: BUCKET, context: inOwn },
    ...behind('global.anthropic.claude-opus-5-5').map((resource) => ({ action: 'bedrock:InvokeModel', resource })),
  ])('may $action on $resource', async (asked) => {
    expect(await refusalOf(sessionOf(JOB_ROLE), asked)).toBeUndefined();
  });

  it.each<Asked>([
    { action: 's3:GetObject', resource: `${BUCKET}/batches/other/requests`, context: inOwn },
    { action: 's3:DeleteObject', resource: `${BUCKET}/batches/jobs/a/input.jsonl`, context: inOwn },
    {
      action: 's3:GetObject',
      resource: `${BUCKET}/batches/jobs/a/input.jsonl`,
      context: { 'aws:ResourceAccount': '999999999999' },
    },
    ...behind('global.anthropic.claude-haiku-4-5').map((resource) => ({ action: 'bedrock:InvokeModel', resource })),
  ])('may not $action on $resource with $context', async (asked) => {
    expect(await refusalOf(sessionOf(JOB_ROLE), asked)).toMatch(/not authorized/);
  });
});
