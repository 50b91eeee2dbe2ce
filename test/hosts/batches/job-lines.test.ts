import type { BedrockHostConfig, VertexHostConfig } from '../../../lib/contract';
import type { BatchJob } from '../../../lambda/hosts/batches/batch-place';
import { bedrockJobs } from '../../../lambda/hosts/batches/bedrock/bedrock-jobs';
import { vertexJobs } from '../../../lambda/hosts/batches/vertex/vertex-jobs';
import { ENV, fixedClock, host, transport } from '../host-under-test';

const deps = { env: ENV, clock: fixedClock(0), transport, bucket: 'batches' };
const onBedrock: BedrockHostConfig = { name: 'bedrock', kind: 'bedrock', region: 'us-east-1' };
const onVertex: VertexHostConfig = { name: 'vertex', kind: 'vertex', project: 'p', location: 'us-east5' };
const bedrock = bedrockJobs(onBedrock, {}, host(onBedrock), deps);
const vertex = vertexJobs(onVertex, { bucket: 'gs://b' }, host(onVertex), deps);

const message = { type: 'message', role: 'assistant', content: [], usage: { input_tokens: 1, output_tokens: 1 } };
const final = (text: string) => ({
  type: 'errored',
  error: expect.objectContaining({ error: { type: 'invalid_request_error', message: text } }),
  isUnsure: false,
});
const unsure = (text: string) => ({ ...final(text), isUnsure: true });
const ofTheHost = (name: string, status: number) => ({
  type: 'errored',
  error: expect.objectContaining({
    error: { type: 'api_error', message: `host '${name}' could not answer this request (${status})` },
  }),
});

describe('a line of Bedrock’s answers', () => {
  it.each([
    ['an answer', { modelOutput: message }, { type: 'succeeded', message }],
    [
      'a field it does not know',
      { error: { errorCode: 400, errorMessage: 'speed: Extra inputs are not permitted' } },
      unsure('speed: Extra inputs are not permitted'),
    ],
    [
      'a prompt that is too long everywhere',
      { error: { errorCode: 400, errorMessage: 'prompt is too long: 2 > 1' } },
      final('prompt is too long: 2 > 1'),
    ],
    ['throttling', { error: { errorCode: 429, errorMessage: 'Too many requests' } }, ofTheHost('bedrock', 429)],
    [
      'an error of its own',
      { error: { errorCode: 500, errorMessage: 'arn:aws:iam::1:role/x' } },
      ofTheHost('bedrock', 500),
    ],
    ['no time', { error: { expired: true } }, { type: 'expired' }],
  ])('is read: %s', (_what, line, result) => {
    expect(bedrock.answer({ recordId: 'r', modelInput: {}, ...line })).toEqual({ id: 'r', result });
  });
});

describe('a line of Vertex AI’s answers', () => {
  const google = (code: number, status: string, text: string) =>
    JSON.stringify({ error: { code, status, message: text } });
  it.each([
    ['an answer', { response: message, status: '' }, { type: 'succeeded', message }],
    ['an answer as tables have it', { response: JSON.stringify(message), status: '' }, { type: 'succeeded', message }],
    [
      'Anthropic’s words',
      {
        response: {},
        status: `Bad Request: ${JSON.stringify({ type: 'error', error: { type: 'invalid_request_error', message: 'x: no' } })}`,
      },
      unsure('x: no'),
    ],
    [
      'Google’s words',
      { response: {}, status: `Bad Request: ${google(400, 'INVALID_ARGUMENT', 'prompt is too long: 2 > 1')}` },
      final('prompt is too long: 2 > 1'),
    ],
    [
      'a quota',
      { response: {}, status: `Too Many Requests: ${google(429, 'RESOURCE_EXHAUSTED', 'no')}` },
      ofTheHost('vertex', 429),
    ],
    ['no words that anybody knows', { response: {}, status: 'Internal error encountered.' }, ofTheHost('vertex', 500)],
  ])('is read: %s', (_what, line, result) => {
    expect(vertex.answer({ custom_id: 'r', request: {}, ...line })).toEqual({ id: 'r', result });
  });
});

describe('a request as a line', () => {
  const params = {
    model: 'claude-opus-5-5',
    max_tokens: 5,
    stream: false,
    service_tier: 'auto',
    cache_control: { type: 'ephemeral' },
    system: [{ type: 'text', text: 'a', cache_control: { type: 'ephemeral' } }],
    messages: [{ role: 'user', content: [{ type: 'text', text: 'b', cache_control: { type: 'ephemeral' } }] }],
  };
  const job: BatchJob = {
    name: 'j-0-0',
    model: 'claude-opus-5-5',
    requests: [],
    headers: { 'anthropic-version': '2026-10-21' },
    since: 0,
  };

  it('has for Bedrock the first version, and neither model nor caching', () => {
    expect(bedrock.line('r', params, job)).toEqual({
      recordId: 'r',
      modelInput: {
        anthropic_version: 'bedrock-2023-05-31',
        max_tokens: 5,
        system: [{ type: 'text', text: 'a' }],
        messages: [{ role: 'user', content: [{ type: 'text', text: 'b' }] }],
      },
    });
  });

  it('has for Vertex AI the first version, and no model', () => {
    const { model: _model, stream: _stream, service_tier: _tier, ...request } = params;
    expect(vertex.line('r', params, job)).toEqual({
      custom_id: 'r',
      request: { ...request, anthropic_version: 'vertex-2023-10-16' },
    });
  });
});
