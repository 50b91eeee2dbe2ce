import { BATCHES_ENV } from '../../../lib/contract/batches/batch-names';
import { readAll } from '../../../lambda/engine/bytes';
import { startBucket, type SimulatedBucket } from '../../../local/aws/bucket';
import { startScheduler, type SimulatedScheduler } from '../../../local/aws/scheduler';
import { startHealthTable, type SimulatedTable } from '../../../local/health-table/health-table';
import { captureLines } from '../../captured-lines';
import { type AuditedRouter, MODEL, startAuditedRouter } from './audited-router';

captureLines();
let world: { bucket: SimulatedBucket; table: SimulatedTable; scheduler: SimulatedScheduler };
let audited: AuditedRouter;
beforeEach(async () => {
  const [bucket, table, scheduler] = await Promise.all([
    startBucket('batches-bucket'),
    startHealthTable('batches'),
    startScheduler(),
  ]);
  world = { bucket, table, scheduler };
  audited = await startAuditedRouter({}, false, {
    config: { batches: {} },
    env: {
      [BATCHES_ENV.TABLE]: table.name,
      [BATCHES_ENV.BUCKET]: bucket.name,
      [BATCHES_ENV.SCHEDULES]: JSON.stringify({ group: 'batches', workerArn: 'arn:worker', roleArn: 'arn:role' }),
      AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
      AWS_ENDPOINT_URL_S3: bucket.endpoint,
      AWS_ENDPOINT_URL_SCHEDULER: scheduler.endpoint,
    },
  });
});
afterEach(async () => {
  await audited.close();
  await Promise.all(Object.values(world).map((each) => each.close()));
});

it('a record is written of each call of batches that the gateway answers itself', async () => {
  let count = 0;
  const call = async (method: string, path: string, body = ''): Promise<{ status: number; id: string }> => {
    const response = await audited.router.handle(
      {
        id: `call-${++count}`,
        method,
        path: `/v1/messages/batches${path}`,
        query: '',
        headers: { 'content-type': 'application/json' },
        client: 'product',
        timeLeftMs: undefined,
        body: Buffer.from(body),
      },
      new AbortController().signal,
    );
    const bytes = response.body instanceof Uint8Array ? response.body : await readAll(response.body, 1e6);
    await audited.router.settle();
    return { status: response.status, ...(JSON.parse(Buffer.from(bytes).toString()) as { id: string }) };
  };
  const params = { model: MODEL, max_tokens: 9, messages: [{ role: 'user', content: 'Hello' }] };
  const { status, id } = await call('POST', '', JSON.stringify({ requests: [{ custom_id: 'one', params }] }));
  expect(status).toBe(200);
  await call('GET', '');
  await call('POST', `/${id}/cancel`);
  expect((await call('GET', `/${id}/results`)).status).toBe(404);
  const told = audited.records().filter(({ kind }) => kind === 'request');
  expect(told.map(({ request_id, client, outcome, status }) => [request_id, client, outcome, status])).toEqual([
    ['call-1', 'product', 'answered', 200],
    ['call-2', 'product', 'answered', 200],
    ['call-3', 'product', 'answered', 200],
    ['call-4', 'product', 'refused', 404],
  ]);
  expect(told[0]).toMatchObject({ endpoint: 'batches' });
});
