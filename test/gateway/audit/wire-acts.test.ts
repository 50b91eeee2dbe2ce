import { startHealthTable } from '../../../local/health-table/health-table';
import { captureLines } from '../../captured-lines';
import { startAuditedRouter } from './audited-router';

captureLines();

it('records a spend limit that an operator sets over the wire before it is set, and does not set it where it cannot', async () => {
  const table = await startHealthTable('health');
  const env = { FAILOVER_HEALTH_TABLE: table.name, AWS_ENDPOINT_URL_DYNAMODB: table.endpoint };
  const clients = [{ name: 'product' }, { name: 'ops', operator: true }];
  const { router, firehose, records, close } = await startAuditedRouter({}, true, { config: { clients }, env });
  const ask = async (method: string, body = {}): Promise<{ status: number; json: unknown }> => {
    const response = await router.handle(
      {
        id: 'request',
        method,
        path: '/v1/organizations/spend_limits',
        query: '',
        headers: {},
        client: 'ops',
        timeLeftMs: undefined,
        body: Buffer.from(JSON.stringify(body)),
      },
      new AbortController().signal,
    );
    return { status: response.status, json: JSON.parse(Buffer.from(response.body as Uint8Array).toString()) };
  };
  const limit = { amount: '50000', scope: { type: 'workspace', workspace_id: 'product' }, period: 'monthly' };
  try {
    firehose.fail('all');
    expect(await ask('POST', limit)).toMatchObject({ status: 529, json: { error: { type: 'overloaded_error' } } });
    expect(await ask('GET')).toMatchObject({ json: { data: [] } });
    firehose.fail('none');
    expect((await ask('POST', limit)).status).toBe(200);
    const acts = records().filter(({ kind }) => kind === 'act');
    expect(acts.map(({ operator, act, undone }) => [operator, act, undone])).toEqual([
      ['ops', 'set spend limit', undefined],
      ['ops', 'set spend limit', true],
      ['ops', 'set spend limit', undefined],
    ]);
    expect(acts.at(-1)).toMatchObject({ details: '{"period":"monthly","cents":"50000"}' });
  } finally {
    await close();
    await table.close();
  }
});
