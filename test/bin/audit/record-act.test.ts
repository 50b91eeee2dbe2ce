import { recordAct } from '../../../bin/audit/record-act';
import type { StackDescription } from '../../../lib/contract';
import { startHealthTable, type SimulatedTable } from '../../../local/health-table/health-table';
import { verify } from '../../gateway/audit/audited-router';
import { type FakeFirehose, startFirehose } from '../../gateway/audit/fake-firehose';

let firehose: FakeFirehose;
let table: SimulatedTable;
let env: Record<string, string>;
let stack: StackDescription;
beforeEach(async () => {
  firehose = await startFirehose();
  table = await startHealthTable('health');
  env = {
    ...firehose.env,
    AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
  };
  stack = {
    url: 'https://example.com',
    region: 'us-east-1',
    healthTable: { name: table.name },
    audit: { stream: 'trail', bucket: 'trail-bucket', format: 'json' },
  };
});
afterEach(async () => {
  await firehose.close();
  await table.close();
});
const drain = (by: string) => recordAct(stack, { act: 'drain', target: 'anthropic', by, details: { until: 1 } }, env);

it('writes who does what into one chain of all operators, also of those who act at the same moment', async () => {
  await drain('arn:aws:iam::123456789012:user/one');
  await Promise.all([drain('two'), drain('three'), drain('four')]);
  expect(JSON.parse(firehose.lines[0]!)).toMatchObject({
    kind: 'act',
    act: 'drain',
    target: 'anthropic',
    operator: 'arn:aws:iam::123456789012:user/one',
    details: '{"until":1}',
    writer: 'operators',
    seq: 0,
  });
  expect(verify(firehose.lines)).toMatchObject({ records: 4, writers: 1, findings: [] });
  expect(verify(firehose.lines.slice(1)).continued).toBe(1);
});

it('refuses the act where it cannot be written, and leaves no gap behind', async () => {
  await drain('one');
  firehose.fail('all');
  await expect(drain('two')).rejects.toThrow(
    /'drain' is not done: it cannot be written into the audit trail \(trail in us-east-1\)/,
  );
  firehose.fail('none');
  await drain('three');
  expect(verify(firehose.lines)).toMatchObject({ records: 2, findings: [] });
});

it('refuses it where the head of the chain cannot be read', async () => {
  await table.setFault('server-error');
  await expect(drain('one')).rejects.toThrow(/is not done.*you need firehose:PutRecord/);
  expect(firehose.lines).toEqual([]);
}, 20_000);

it('does nothing where there is no trail', async () => {
  await recordAct({ ...stack, audit: undefined as never }, { act: 'drain', target: 'anthropic', by: 'one' }, env);
  expect(firehose.lines).toEqual([]);
});
