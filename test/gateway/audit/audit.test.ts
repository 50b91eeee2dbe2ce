import { createHash } from 'node:crypto';
import type { AuditConfig } from '../../../lib/contract';
import { headsIn } from '../../../bin/audit/heads';
import { captureLines } from '../../captured-lines';
import { until } from '../../local/hosts/caller';
import { type AuditedRouter, MODEL, startAuditedRouter, verify } from './audited-router';

const printed = captureLines();
const running: AuditedRouter[] = [];
afterEach(async () => {
  for (const each of running.splice(0)) await each.close();
});
async function start(audit: Partial<AuditConfig> = {}, servesMany = false): Promise<AuditedRouter> {
  const router = await startAuditedRouter(audit, servesMany);
  running.push(router);
  return router;
}
const PROMPT = 'a prompt that nobody may ever read';
const metric = (name: string): number =>
  printed()
    .flatMap((line) => (line.includes(`"${name}":`) ? [(JSON.parse(line) as Record<string, number>)[name]!] : []))
    .at(-1) ?? 0;

it('writes one record a request, before Lambda may stand still, with who asked, who answered and what was tried', async () => {
  const { ask, records, host } = await start();
  await host('anthropic').setFault({ kind: 'overloaded' });
  await ask({ system: PROMPT, metadata: { user_id: 'jane' } });
  const [first, request, ...others] = records();
  expect(others).toEqual([]);
  expect(first).toMatchObject({ kind: 'writer', seq: 0, router: 'claude-failover', region: 'us-east-1' });
  expect(first).not.toHaveProperty('prev');
  expect(request).toMatchObject({
    kind: 'request',
    seq: 1,
    prev: first!['hash'],
    request_id: 'request-1',
    client: 'product',
    user: `~${createHash('sha256').update('product\njane').digest('hex').slice(0, 32)}`,
    endpoint: 'messages',
    model: MODEL,
    outcome: 'answered',
    status: 200,
    host: 'bedrock',
    served_in: 'global',
    failover: true,
    host_request_id: expect.any(String),
    input_tokens: expect.any(Number),
    output_tokens: expect.any(Number),
    cost_usd: expect.any(Number),
    stop_reason: 'max_tokens',
  });
  const attempts = request!['attempts'] as object[];
  expect(attempts[0]).toMatchObject({ host: 'anthropic', model: MODEL, verdict: 'overloaded', status: 529 });
  expect(attempts.at(-1)).toMatchObject({ host: 'bedrock', verdict: 'ok', status: 200 });
});

it('knows a user of Claude Code by the same digest in each session', async () => {
  const { ask, records } = await start();
  await ask({ metadata: { user_id: 'user_ab12_account_c0ffee_session_11111111-2222' } });
  await ask({ metadata: { user_id: 'user_ab12_account_c0ffee_session_33333333-4444' } });
  await ask({}, { 'x-failover-user': '  ' });
  const [, first, second, nobody] = records();
  expect(first!['user']).toMatch(/^~[0-9a-f]{32}$/);
  expect(second!['user']).toBe(first!['user']);
  expect(nobody).not.toHaveProperty('user');
});

it('has nothing of a prompt, an answer, a key or a name of a user in it', async () => {
  const { ask, firehose } = await start();
  const { text } = await ask({ system: PROMPT, stream: true }, { 'x-failover-user': 'jane@example.com' });
  expect(text).toContain('message_stop');
  const trail = firehose.lines.join('\n');
  expect(trail).toContain('"user":');
  for (const secret of [PROMPT, 'Hello', 'jane', 'sk-ant']) expect(trail).not.toContain(secret);
  expect(firehose.objects.size).toBe(0);
});

it('records what the gateway itself turns away', async () => {
  const { ask, records } = await start();
  expect((await ask({ model: 'no-such-model' })).status).toBe(404);
  expect(records().at(-1)).toMatchObject({
    outcome: 'refused',
    status: 404,
    client: 'product',
    request_id: 'request-1',
  });
});

it('makes a chain of which a record that is missing, changed, repeated or cut off at the end shows', async () => {
  const { ask, firehose } = await start();
  for (let count = 0; count < 4; count += 1) await ask();
  const { lines } = firehose;
  const heads = headsIn(printed(), 'the log');
  expect(verify(lines, heads)).toMatchObject({ records: 5, writers: 1, confirmed: 1, duplicates: 0, findings: [] });
  expect(verify([...lines].reverse())).toMatchObject({ late: 4, findings: [] });
  expect(verify([...lines, lines[2]!])).toMatchObject({ duplicates: 1, findings: [] });
  expect(verify(lines.filter((_, seq) => seq !== 2)).findings).toMatchObject([
    { what: 'missing', text: expect.stringContaining('record 2 between') },
  ]);
  const forged = lines[3]!.replace('"outcome":"answered"', '"outcome":"exhausted"');
  expect(verify(lines.with(3, forged)).findings).toMatchObject([{ what: 'changed' }]);
  // The chain alone knows of no later record; the log does.
  expect(verify(lines.slice(0, -1)).findings).toEqual([]);
  expect(verify(lines.slice(0, -1), heads).findings).toMatchObject([
    { what: 'missing', text: expect.stringContaining('record 4') },
  ]);
  expect(verify([], heads).findings).toMatchObject([{ what: 'missing' }]);
});

it('collects the records of a process that serves many, and ends its chain where the process ends', async () => {
  const { ask, firehose, router } = await start({}, true);
  await Promise.all(Array.from({ length: 20 }, () => ask()));
  router.close();
  await until(() => firehose.lines.length === 22, 'all is written');
  expect(firehose.calls.length).toBeLessThanOrEqual(21);
  expect(Math.max(...firehose.calls)).toBe(1);
  expect(verify(firehose.lines)).toMatchObject({ records: 22, ended: 1, findings: [] });
});

it('keeps records while Firehose is down, serves all the same, says so in a metric, and writes them when it is back', async () => {
  const { ask, firehose, skip } = await start();
  firehose.fail('all');
  expect((await ask()).status).toBe(200);
  expect((await ask()).status).toBe(200);
  expect(firehose.lines).toEqual([]);
  expect(metric('AuditWaiting')).toBeGreaterThan(0);
  firehose.fail('none');
  skip(1_000);
  await ask();
  expect(verify(firehose.lines)).toMatchObject({ records: 4, findings: [] });
});

it('refuses while Firehose is down where nobody may be served without a record, and serves again when it is back', async () => {
  const { ask, firehose, skip } = await start({ whenDown: 'closed' });
  firehose.fail('all');
  await ask();
  const { status, text } = await ask();
  expect(status).toBe(529);
  expect(JSON.parse(text)).toMatchObject({ type: 'error', error: { type: 'overloaded_error' } });
  firehose.fail('none');
  skip(1_000);
  expect((await ask()).status).toBe(200);
  expect(verify(firehose.lines)).toMatchObject({ records: 4, findings: [] });
});

it('keeps a request and its answer where that is asked for, as an object each, whose hash is in the chain', async () => {
  const { ask, firehose, records } = await start({ contents: { bucket: 'contents' } });
  const { text } = await ask({ system: PROMPT, stream: true });
  const [[path, body] = []] = [...firehose.objects];
  expect(path).toMatch(/^\/contents\/\d{4}\/\d\d\/\d\d\/\d\d\/request-1\.json$/);
  expect(JSON.parse(body!)).toMatchObject({
    request_id: 'request-1',
    client: 'product',
    status: 200,
    request: { model: MODEL, system: PROMPT },
    answer: text,
  });
  const digest = createHash('sha256').update(body!);
  const record = records().find(({ kind }) => kind === 'contents');
  expect(record).toMatchObject({ request_id: 'request-1', object: path!.slice('/contents/'.length) });
  expect(record!['sha256']).toBe(digest.copy().digest('hex'));
  expect(firehose.checksums).toEqual([digest.digest('base64')]);
});
