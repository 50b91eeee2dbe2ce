import type { HostConfig } from '../../lib/contract';
import { Transport } from '../../lambda/hosts/transport/transport';
import { call, host, never, text, transport } from './host-under-test';
import { recordingServer, type RecordingServer } from './recording-server';

let server: RecordingServer;
/** What the server says of more tokens than it writes; without it, everything is answered. */
let refusal: unknown;
beforeEach(async () => {
  refusal = undefined;
  server = await recordingServer((response) => {
    const isRefused = refusal !== undefined && server.requests.length === 1;
    response.writeHead(isRefused ? 400 : 200, { 'content-type': isRefused ? 'application/json' : 'text/event-stream' });
    response.end(isRefused ? JSON.stringify(refusal) : 'data: [DONE]\n\n');
  });
});
afterEach(() => server.close());
afterAll(() => transport.closeAll());

/** At its public address, as far as the host knows. */
class Redirected extends Transport {
  override origin(_url: string) {
    return super.origin(server.url);
  }
}

const keys = [{ env: 'KEY_A' }];
const OPENAI: HostConfig = { kind: 'openai', name: 'o', keys };
const MISTRAL: HostConfig = { kind: 'openai', name: 'm', endpoint: 'https://api.mistral.ai/v1', keys };
const OWN: HostConfig = { kind: 'openai', name: 'v', endpoint: 'http://10.0.0.7:8000/v1' };
const BEDROCK: HostConfig = { kind: 'bedrock-models', name: 'b', region: 'us-west-2' };

const ask = (config: HostConfig, model: string, fields: object) =>
  host(config, { transport: new Redirected() }).open(
    call(
      { model: 'claude-opus-5-5', max_tokens: 5, messages: [{ role: 'user', content: 'hi' }], ...fields },
      { model },
    ),
    never(),
  );
const sent = (at: number): Record<string, unknown> => JSON.parse(server.requests[at]!.body.toString());

test.each([
  [OPENAI, 'gpt-4o', { max_completion_tokens: 16_384 }],
  [OPENAI, 'gpt-4.1-mini-2025-04-14', { max_completion_tokens: 32_768 }],
  [BEDROCK, 'us.meta.llama3-3-70b-instruct-v1:0', { max_tokens: 4096 }],
])('$kind is asked for no more than $model writes, and that is said', async (config, model, fields) => {
  const answer = await ask(config, model, { max_tokens: 64_000 });
  expect(sent(0)).toMatchObject(fields);
  expect(answer.dropped).toEqual(['max_tokens']);
});

test('what a model does not have as an effort becomes the next that it has', async () => {
  const efforts = async (config: HostConfig, model: string, effort: string) => {
    await ask(config, model, { output_config: { effort } });
    return sent(server.requests.length - 1)['reasoning_effort'];
  };
  expect(await efforts(OPENAI, 'gpt-5.2', 'max')).toBe('xhigh');
  expect(await efforts(OPENAI, 'gpt-6-sol', 'max')).toBe('max');
  expect(await efforts(OPENAI, 'gpt-5.1', 'xhigh')).toBe('high');
  expect(await efforts(MISTRAL, 'mistral-large-4', 'medium')).toBe('high');
  expect(await efforts(MISTRAL, 'mistral-large-2512', 'medium')).toBeUndefined();
});

test('Mistral is sent no field that it does not know', async () => {
  const metadata = { user_id: 'user-1' };
  const answer = await ask(MISTRAL, 'mistral-large-4', { metadata, tool_choice: { type: 'any' }, tools: [TOOL] });
  expect(Object.keys(sent(0)).sort()).toEqual(['max_tokens', 'messages', 'model', 'stream', 'tool_choice', 'tools']);
  expect(answer.dropped).toEqual(['metadata']);
});
const TOOL = { name: 'f', input_schema: { type: 'object', properties: {} } };

const OPENAI_REFUSAL = {
  message:
    'max_tokens is too large: 64000. This model supports at most 16384 completion tokens, whereas you provided 64000.',
  type: 'invalid_request_error',
  param: 'max_tokens',
  code: 'invalid_value',
};
test.each([
  ['OpenAI', OPENAI, { error: OPENAI_REFUSAL }, { max_completion_tokens: 16_384 }],
  [
    'Bedrock',
    BEDROCK,
    {
      message:
        'The maximum tokens you requested exceeds the model limit of 8192. Try again with a maximum tokens value that is lower than 8192.',
    },
    { max_tokens: 8192 },
  ],
  [
    'Google',
    OWN,
    [
      {
        error: {
          code: 400,
          status: 'INVALID_ARGUMENT',
          message:
            'Unable to submit request because it has a maxOutputTokens value of 64000 but the supported range is from 1 (inclusive) to 8193 (exclusive). Update the value and try again.',
        },
      },
    ],
    { max_tokens: 8192 },
  ],
  [
    'vLLM',
    OWN,
    {
      error: {
        message:
          "This model's maximum context length is 32768 tokens. However, you requested 64000 output tokens and your prompt contains at least 1 input tokens, for a total of at least 64001 tokens.",
        type: 'BadRequestError',
        code: 400,
      },
    },
    {},
  ],
])('a limit that nobody knew before is heard from %s, once', async (_name, config, said, fields) => {
  refusal = said;
  const answer = await ask(config, 'some-model', { max_tokens: 64_000 });
  expect(answer.status).toBe(200);
  expect(answer.dropped).toEqual(['max_tokens']);
  expect(server.requests).toHaveLength(2);
  const { max_tokens, max_completion_tokens } = sent(1);
  expect({ max_tokens, max_completion_tokens }).toEqual({
    max_tokens: undefined,
    max_completion_tokens: undefined,
    ...fields,
  });
});

test('any other refusal stays one, word for word', async () => {
  refusal = { error: { message: 'Invalid schema', type: 'invalid_request_error', code: null } };
  const answer = await ask(OPENAI, 'gpt-5.2', {});
  expect({ status: answer.status, body: JSON.parse(await text(answer)) }).toEqual({ status: 400, body: refusal });
  expect(server.requests).toHaveLength(1);
});
