import { randomBytes } from 'node:crypto';
import { messageEvents } from '../../../lambda/wire/anthropic/answer/message-events';
import { ENV } from '../../../lib/contract';
import { type SimulatedBucket, startBucket } from '../../../local/aws/bucket';
import { until } from '../../local/hosts/caller';
import { answer } from '../../fixtures/answers/read-answers';
import { BODY, expectCompleteStream, post, STREAMED, textOf } from '../raw-client';
import { useWrittenLines } from '../written-lines';
import { useCache } from './caching';
import { useOwnHost } from './own-host';

let bucket: SimulatedBucket;
beforeEach(async () => void (bucket = await startBucket('answers')));
// Before the gateways, which prove that nothing is left.
afterEach(() => bucket.close());
const host = useOwnHost();
const start = useCache();
const { logged } = useWrittenLines();
const status = ({ headers }: { headers: Headers }) => headers.get('x-failover-cache');

/** Of which no zipping makes less than an item of the table may have. */
const TEXT = randomBytes(300_000).toString('base64');

async function startLarge(more: Readonly<Record<string, string>> = { [ENV.CACHE_BUCKET]: 'us-east-1/answers' }) {
  const { setup, say } = host();
  say(messageEvents({ ...(answer('text').message as object), content: [{ type: 'text', text: TEXT }] }));
  return start(
    {},
    {
      ...setup,
      config: { telemetry: { logs: true } },
      env: { AWS_ENDPOINT_URL_S3: bucket.endpoint, ...more },
    },
  );
}

test('an answer that is too large for the table is kept in the bucket, and given whole and as a stream', async () => {
  const gateway = await startLarge();
  expect(textOf(await post(gateway, BODY))).toBe(TEXT);
  await gateway.kept(1);
  expect([...bucket.objects.keys()]).toEqual([expect.stringMatching(/^cache\/[0-9a-f]{64}$/)]);
  const whole = await post(gateway, BODY);
  const streamed = await post(gateway, STREAMED);
  expect([whole, streamed].map(status)).toEqual(['hit', 'hit']);
  expectCompleteStream(streamed);
  for (const each of [whole, streamed]) expect(textOf(each) === TEXT).toBe(true);
});

test('one that is small needs no bucket', async () => {
  const { setup, say } = host();
  say(answer('text').sse);
  const gateway = await start({}, { ...setup, env: { AWS_ENDPOINT_URL_S3: bucket.endpoint } });
  await post(gateway, BODY);
  await gateway.kept(1);
  expect(status(await post(gateway, BODY))).toBe('hit');
  expect(bucket.objects.size).toBe(0);
});

test('without a bucket a large one is not kept', async () => {
  const gateway = await startLarge({});
  for (let count = 0; count < 2; count++) expect(status(await post(gateway, BODY))).toBe('miss');
  expect(gateway.table.asked).not.toContain('PutItem');
});

test('one that the bucket has deleted, or that is none of ours, is asked for again', async () => {
  const gateway = await startLarge();
  await post(gateway, BODY);
  await gateway.kept(1);
  const [key = ''] = bucket.objects.keys();
  bucket.put(key, 'somebody else has written this');
  expect(status(await post(gateway, BODY))).toBe('miss');
  await gateway.kept(2);
  expect(status(await post(gateway, BODY))).toBe('hit');
});

test('a bucket that cannot be used is as none at all, and is told', async () => {
  const gateway = await startLarge();
  bucket.breakBy(() => true);
  expect(status(await post(gateway, BODY))).toBe('miss');
  await until(() => logged('response cache').length === 1, 'it is told');
  expect(textOf(await post(gateway, BODY)) === TEXT).toBe(true);
  expect(gateway.table.asked).not.toContain('PutItem');
});
