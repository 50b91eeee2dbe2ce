import { brotliCompressSync, gzipSync } from 'node:zlib';
import { MODEL, useGateway } from './harness';
import { BODY, call, expectCompleteStream, post, STREAMED } from './raw-client';

const start = useGateway();
const MB = 1024 * 1024;
const GZIP = { headers: { 'content-encoding': 'gzip' } };
const gzipped = (body: object): Uint8Array => gzipSync(JSON.stringify(body));

describe('a body that its client has compressed', () => {
  it('reaches every host as it was before, and survives a failover', async () => {
    const gateway = await start({ chain: ['anthropic', 'bedrock'], route: { unaryAsStream: false } });
    const whole = await post(gateway, gzipped(BODY), GZIP);
    expect(whole.status).toBe(200);
    const [sent] = gateway.calls('anthropic');
    expect(sent?.body.toString()).toBe(JSON.stringify(BODY));
    expect(sent?.headers['content-encoding']).toBeUndefined();
    await gateway.host('anthropic').setFault({ kind: 'refused' });
    expectCompleteStream(await post(gateway, gzipped(STREAMED), GZIP));
    expect(gateway.counts()).toEqual({ anthropic: 1, bedrock: 1 });
  });

  it("is taken at OpenAI's door too", async () => {
    const gateway = await start({ chain: ['anthropic'] });
    const body = gzipped({ model: MODEL, messages: [{ role: 'user', content: 'Hello' }] });
    const answer = await post(gateway, body, { ...GZIP, path: '/v1/chat/completions' });
    expect(answer.json).toMatchObject({ object: 'chat.completion' });
  });

  it('is passed on uncompressed where nothing of it is kept', async () => {
    const gateway = await start({ chain: ['anthropic'], config: { stateful: true } });
    const path = '/v1/messages/batches';
    const body = gzipSync('{ "requests" : [] }');
    expect((await call(gateway, { method: 'POST', path, body, ...GZIP })).status).toBe(400);
    expect(gateway.calls('anthropic')[0]?.body.toString()).toBe('{ "requests" : [] }');
    const broken = await call(gateway, { method: 'POST', path, body: body.subarray(0, -9), ...GZIP });
    expect(broken.status).toBe(400);
  });

  it.each([
    ['that is no gzip', Buffer.from(JSON.stringify(BODY)), 'gzip', 400, 'not one whole gzip stream'],
    ['that breaks off', gzipped(BODY).subarray(0, -12), 'gzip', 400, 'not one whole gzip stream'],
    ['of no bytes', new Uint8Array(), 'gzip', 400, 'not one whole gzip stream'],
    ['that holds nothing', gzipSync(''), 'gzip', 400, 'the request body is empty'],
    ['in another coding', brotliCompressSync(JSON.stringify(BODY)), 'br', 400, "content-encoding: 'br'"],
    ['compressed twice', gzipSync(gzipped(BODY)), 'gzip, gzip', 400, "content-encoding: 'gzip, gzip'"],
    ['that grows beyond what any host takes', gzipSync(Buffer.alloc(33 * MB)), 'gzip', 413, '33554432 bytes'],
  ])('is refused where it is one %s', async (_, body, coding, status, message) => {
    const gateway = await start({ chain: ['anthropic'] });
    const answer = await post(gateway, body, { headers: { 'content-encoding': coding } });
    expect(answer.status).toBe(status);
    expect(answer.json).toMatchObject({ error: { message: expect.stringContaining(message) } });
    expect(gateway.counts()).toEqual({ anthropic: 0 });
    expectCompleteStream(await post(gateway, STREAMED));
  });

  it('cannot lie about how much memory it will take', async () => {
    const gateway = await start({ chain: ['anthropic'], bodyBytes: 40 * MB });
    const lying = gzipSync(Buffer.alloc(20 * MB, ' '));
    lying.writeUInt32LE(10, lying.length - 4);
    expect((await post(gateway, lying, GZIP)).status).toBe(400);
    const large = gzipped({ ...BODY, messages: [{ role: 'user', content: 'a'.repeat(20 * MB) }] });
    const answers = await Promise.all([1, 2, 3].map(() => post(gateway, large, GZIP)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 503, 503]);
    expectCompleteStream(await post(gateway, STREAMED));
  });
});
