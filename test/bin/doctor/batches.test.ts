import { batches } from '../../../bin/doctor/checks/batches';
import type { Deployed } from '../../../bin/doctor/deployed';
import { runDoctor } from '../../../bin/doctor/run-doctor';
import { newBatchId } from '../../../lambda/gateway/batches/state/batch-record';
import { AwsError, startFakeAws, type AwsAnswers, type FakeAws } from './fake-aws';

const DAY_MS = 86_400_000;
const NOW = Date.now();
const LIST = 's3 /bucket/?list-type=2&prefix=batches/none/';
const open = (...agesMs: number[]) => ({
  Items: agesMs.map((age) => ({ kind: { S: 'open' }, entry: { S: newBatchId(NOW - age, () => 0.5) } })),
});
const READABLE = { [LIST]: '<ListBucketResult></ListBucketResult>' };

let aws: FakeAws | undefined;
const before = { ...process.env };
afterEach(async () => {
  await aws?.close();
  process.env = { ...before };
});

async function examine(answers: AwsAnswers, has = true) {
  aws = await startFakeAws(answers);
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 's', AWS_ENDPOINT_URL: aws.url });
  const stack = { region: 'us-east-1', ...(has && { batches: { table: 'table', bucket: 'bucket' } }) };
  const run = () => batches({ stack } as Deployed, NOW);
  return runDoctor([{ name: 'batches', run }], () => undefined);
}

test('a stack without batches is not asked for them', async () => {
  expect(await examine({}, false)).toEqual([]);
  expect(aws?.asked).toEqual([]);
});

test('batches that are under way are counted, and nothing of them is read', async () => {
  const [found, ...others] = await examine({ ...READABLE, 'dynamodb Query': open(1000, DAY_MS) });
  expect(found).toMatchObject({ status: 'ok', detail: 'table and bucket can be read, 2 under way' });
  expect(others).toEqual([]);
  expect(aws?.asked).toEqual(['dynamodb Query', LIST]);
});

test('a batch that should have expired is stuck', async () => {
  const found = await examine({ ...READABLE, 'dynamodb Query': open(2 * DAY_MS) });
  expect(found.at(-1)).toMatchObject({ status: 'warning', remedy: expect.stringContaining('Batches not worked off') });
});

test('a bucket that may not be read is a finding', async () => {
  const answers = { 'dynamodb Query': open(), [LIST]: new AwsError(403, 'AccessDenied') };
  expect(await examine(answers)).toEqual([expect.objectContaining({ status: 'problem' })]);
});
