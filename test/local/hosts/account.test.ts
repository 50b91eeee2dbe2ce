import { setTimeout } from 'node:timers/promises';
import Anthropic, { toFile } from '@anthropic-ai/sdk';
import type { BatchCreateParams, MessageBatchIndividualResponse } from '@anthropic-ai/sdk/resources/messages/batches';
import AnthropicZero from 'anthropic-sdk-0';
import type { SimulatedHostOptions } from '../../../local/hosts';
import { KEY, useHosts } from './caller';

const start = useHosts();
const MODEL = 'claude-opus-5-5';
const HOUR_MS = 3600 * 1000;

/** A host whose time stands still until it is moved on. */
async function account(options: Partial<SimulatedHostOptions> = {}) {
  let now = Date.parse('2026-11-21T12:00:00Z');
  const host = await start('anthropic', { clock: { now: () => now }, batchMs: 5000, ...options });
  const settings = { baseURL: host.url, apiKey: KEY, maxRetries: 0 };
  const pass = (ms: number) => void (now += ms);
  return { host, pass, client: new Anthropic(settings), older: new AnthropicZero(settings) };
}

const ask = (custom_id: string, params: object = {}) => ({
  custom_id,
  params: { model: MODEL, max_tokens: 64, messages: [{ role: 'user', content: `I am ${custom_id}` }], ...params },
});
const batchOf = (...requests: object[]) => ({ requests }) as unknown as BatchCreateParams;

async function resultsOf(
  client: Anthropic,
  id: string,
): Promise<Record<string, MessageBatchIndividualResponse['result']>> {
  const all: Record<string, MessageBatchIndividualResponse['result']> = {};
  for await (const { custom_id, result } of await client.messages.batches.results(id)) all[custom_id] = result;
  return all;
}

describe('a batch', () => {
  it('is processed for a while, then ends with a result for each request', async () => {
    const { host, client, pass } = await account();
    const { id } = await client.messages.batches.create(batchOf(ask('one'), ask('two')));
    pass(4999);
    expect(await client.messages.batches.retrieve(id)).toMatchObject({
      processing_status: 'in_progress',
      request_counts: { processing: 2, succeeded: 0 },
      created_at: '2026-11-21T12:00:00.000Z',
      expires_at: '2026-11-22T12:00:00.000Z',
      ended_at: null,
      results_url: null,
    });
    pass(1);
    expect(await client.messages.batches.retrieve(id)).toMatchObject({
      processing_status: 'ended',
      request_counts: { processing: 0, succeeded: 2, errored: 0 },
      ended_at: '2026-11-21T12:00:05.000Z',
      results_url: `${host.url}/v1/messages/batches/${id}/results`,
    });
    expect(await resultsOf(client, id)).toEqual({
      one: { type: 'succeeded', message: expect.objectContaining({ model: MODEL, stop_reason: 'max_tokens' }) },
      two: { type: 'succeeded', message: expect.objectContaining({ role: 'assistant' }) },
    });
    expect(await resultsOf(client, id)).toMatchObject({
      one: { message: { content: [{ text: expect.stringContaining('I am one') }], usage: { service_tier: 'batch' } } },
    });
    expect(await resultsOf(client, id)).toEqual(await resultsOf(client, id));
  });

  it('has its invalid requests end in errors of their own, and nobody else’s', async () => {
    const { client, pass } = await account();
    const requests = batchOf(
      ask('sound'),
      ask('streamed', { stream: true }),
      ask('tokenless', { max_tokens: 0 }),
      ask('nobody', { model: 'gpt-5' }),
      ask('silent', { messages: undefined }),
    );
    const { id, request_counts } = await client.messages.batches.create(requests);
    expect(request_counts).toMatchObject({ processing: 5 });
    pass(5000);
    expect((await client.messages.batches.retrieve(id)).request_counts).toMatchObject({ succeeded: 1, errored: 4 });
    const errored = (type: string, message: string) => ({
      type: 'errored',
      error: { type: 'error', error: expect.objectContaining({ type, message }), request_id: null },
    });
    expect(await resultsOf(client, id)).toEqual({
      sound: expect.objectContaining({ type: 'succeeded' }),
      streamed: errored('invalid_request_error', '`stream=True` is not supported in the Message Batches API'),
      tokenless: errored('invalid_request_error', 'max_tokens: must be greater than or equal to 1'),
      nobody: errored('not_found_error', 'model: gpt-5'),
      silent: errored('invalid_request_error', 'messages: Field required'),
    });
  });

  it('that is cancelled ends with nothing done', async () => {
    const { client, pass } = await account();
    const { id } = await client.messages.batches.create(batchOf(ask('one')));
    pass(1000);
    expect(await client.messages.batches.cancel(id)).toMatchObject({
      processing_status: 'canceling',
      cancel_initiated_at: '2026-11-21T12:00:01.000Z',
      request_counts: { processing: 1 },
    });
    pass(4000);
    expect(await client.messages.batches.retrieve(id)).toMatchObject({
      processing_status: 'ended',
      request_counts: { processing: 0, canceled: 1 },
    });
    expect(await resultsOf(client, id)).toEqual({ one: { type: 'canceled' } });
  });

  it('that takes longer than a day expires', async () => {
    const { client, pass } = await account({ batchMs: 25 * HOUR_MS });
    const { id } = await client.messages.batches.create(batchOf(ask('one')));
    pass(24 * HOUR_MS);
    expect((await client.messages.batches.retrieve(id)).request_counts).toMatchObject({ expired: 1 });
    expect(await resultsOf(client, id)).toEqual({ one: { type: 'expired' } });
  });

  it('has no results and cannot be deleted before it has ended', async () => {
    const { client, pass } = await account();
    const { id } = await client.messages.batches.create(batchOf(ask('one')));
    await expect(client.get(`/v1/messages/batches/${id}/results`)).rejects.toMatchObject({
      status: 404,
      message: expect.stringContaining(`Message Batch ${id} has no available results.`),
    });
    await expect(client.messages.batches.delete(id)).rejects.toThrow(
      'In progress batches cannot be deleted. Consider canceling the batch instead.',
    );
    pass(5000);
    expect(await client.messages.batches.delete(id)).toEqual({ id, type: 'message_batch_deleted' });
    await expect(client.messages.batches.retrieve(id)).rejects.toMatchObject({
      status: 404,
      message: expect.stringContaining(`Message Batch ${id} not found.`),
    });
  });

  it.each([
    [[], 'requests: List should have at least 1 item after validation, not 0'],
    [[ask('one'), ask('one')], "requests: custom_id's must be unique within a batch. Duplicate custom_id found: one"],
    [[{ params: {} }], 'requests.0.custom_id: Field required'],
    [[{ custom_id: 'one' }], 'requests.0.params: Field required'],
    [[ask('x'.repeat(65))], 'requests.0.custom_id: String should have at most 64 characters'],
    [[ask('a b')], "requests.0.custom_id: String should match pattern '^[a-zA-Z0-9_-]{1,64}$'"],
  ])('%j is refused at once', async (requests, words) => {
    const { client } = await account();
    const refused = client.messages.batches.create(batchOf(...requests));
    await expect(refused).rejects.toMatchObject({ status: 400, message: expect.stringContaining(words) });
  });

  it('is not kept by a host that failed', async () => {
    const { host, client } = await account();
    await host.setFault({ kind: 'server-error', times: 1 });
    await expect(client.messages.batches.create(batchOf(ask('one')))).rejects.toMatchObject({ status: 500 });
    expect((await client.messages.batches.list()).data).toEqual([]);
  });

  it('ends by itself, by the real clock', async () => {
    const host = await start('anthropic', { batchMs: 20 });
    const client = new Anthropic({ baseURL: host.url, apiKey: KEY, maxRetries: 0 });
    const { id } = await client.messages.batches.create(batchOf(ask('one')));
    await setTimeout(25);
    expect((await client.messages.batches.retrieve(id)).processing_status).toBe('ended');
  });
});

it('lists batches in pages, the newest first, in both directions', async () => {
  const { client } = await account();
  const made: string[] = [];
  for (const name of ['a', 'b', 'c', 'd', 'e']) {
    made.unshift((await client.messages.batches.create(batchOf(ask(name)))).id);
  }
  const listed: string[] = [];
  for await (const { id } of client.messages.batches.list({ limit: 2 })) listed.push(id);
  expect(listed).toEqual(made);
  const [first = '', , third = ''] = made;
  const page = await client.messages.batches.list({ before_id: third, limit: 1 });
  expect(page).toMatchObject({ data: [{ id: made[1] }], has_more: true });
  expect(await client.messages.batches.list({ before_id: first })).toMatchObject({ data: [], has_more: false });
  await expect(client.messages.batches.list({ limit: 0 })).rejects.toThrow(
    'limit: Input should be greater than or equal to 1',
  );
});

describe('a file', () => {
  const upload = async (client: Anthropic, content: string, name = 'notes.txt', more = {}) =>
    client.files.upload({ file: await toFile(Buffer.from(content), name, { type: 'text/plain' }), ...more });

  it('is uploaded, described, listed and deleted', async () => {
    const { client, older } = await account();
    const file = await upload(client, 'Grüße');
    expect(file).toEqual({
      id: expect.stringMatching(/^file_01/),
      type: 'file',
      filename: 'notes.txt',
      mime_type: 'text/plain',
      size_bytes: 7,
      created_at: '2026-11-21T12:00:00.000Z',
      downloadable: false,
      expires_at: null,
    });
    expect(await client.files.retrieveMetadata(file.id)).toEqual(file);
    expect((await older.beta.files.list()).data.map(({ id }) => id)).toContain(file.id);
    expect(await client.files.delete(file.id)).toEqual({ id: file.id, type: 'file_deleted' });
    await expect(client.files.retrieveMetadata(file.id)).rejects.toMatchObject({
      status: 404,
      message: expect.stringContaining(`File not found: ${file.id}`),
    });
  });

  it('that a tool has made can be downloaded, one that was uploaded cannot', async () => {
    const { client } = await account();
    const uploaded = await upload(client, 'Hello');
    const [, generated] = (await client.files.list()).data;
    expect(generated).toMatchObject({ filename: 'chart.csv', downloadable: true });
    const content = await client.files.download(generated?.id ?? '');
    expect(content.headers.get('content-type')).toBe('text/csv');
    expect((await content.text()).length).toBe(generated?.size_bytes);
    await expect(client.files.download(uploaded.id)).rejects.toBeInstanceOf(Anthropic.Files.FileNotDownloadableError);
  });

  it('expires when it was asked to', async () => {
    const { client, pass } = await account();
    const file = await upload(client, 'Hello', 'notes.txt', { expires_in_seconds: 3600 });
    expect(file.expires_at).toBe('2026-11-21T13:00:00.000Z');
    pass(HOUR_MS);
    await expect(client.files.download(file.id)).rejects.toBeInstanceOf(Anthropic.Files.FileExpiredError);
    await expect(upload(client, 'Hello', 'x', { expires_in_seconds: 60 })).rejects.toThrow(
      'expires_in_seconds: Input should be greater than or equal to 3600',
    );
  });

  it('is listed in pages', async () => {
    const { client } = await account();
    for (const name of ['a', 'b', 'c']) await upload(client, name, name);
    const names: string[] = [];
    for await (const { filename } of client.files.list({ limit: 3 })) names.push(filename);
    expect(names).toEqual(['c', 'b', 'a', 'chart.csv']);
  });

  it('is refused where none was sent', async () => {
    const { client } = await account();
    await expect(client.post('/v1/files', { body: { file: 'x' } })).rejects.toThrow('file: Field required');
  });
});

it('lists the models that it serves, as the newest client describes them', async () => {
  const { client } = await account({ models: [MODEL, 'claude-haiku-4-5-20251001'] });
  const { data } = await client.models.list();
  expect(data.map(({ id, max_tokens }) => [id, max_tokens])).toEqual([
    [MODEL, 128_000],
    ['claude-haiku-4-5-20251001', 64_000],
  ]);
  expect(await client.models.retrieve(MODEL)).toMatchObject({ lifecycle: 'active', line: 'opus', retires_at: null });
  await expect(client.models.retrieve('claude-nobody')).rejects.toMatchObject({ status: 404 });
});
