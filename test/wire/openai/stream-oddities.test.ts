import { HOST_ERRORS } from '../../../lambda/hosts/errors/every-error';
import { fromChatAnswer } from '../../../lambda/wire/openai/from-chat-answer';
import { toolId } from '../../../lambda/wire/openai/tool-id';
import { DONE, geminiChunk, openaiChunk, sse, toolDelta } from './chunks';
import { ASKED, assembled, bytes, collect, each, eventsOf, plain, translated } from './read-stream';

const call = (fields: object): object => ({ tool_calls: [fields] });

describe('calls whose pieces are hard to tell apart', () => {
  const two = [
    { type: 'tool_use', name: 'read', input: { at: 1 } },
    { type: 'tool_use', name: 'read', input: { at: 2 } },
  ];
  test.each([
    ['one index for all', { index: 0, id: 'a' }, { index: 0, id: 'b' }],
    ['no index', { id: 'a' }, { id: 'b' }],
    ['neither index nor id', {}, {}],
    ['ids that are empty', { index: 0, id: '' }, { index: 1, id: '' }],
  ])('%s', async (_name, first, second) => {
    const stream = sse([
      openaiChunk(call({ ...first, function: { name: 'read', arguments: '{"at":1}' } }) as never),
      openaiChunk(call({ ...second, function: { name: 'read', arguments: '{"at":2}' } }) as never),
      openaiChunk({}, 'tool_calls'),
    ]);
    expect(plain(assembled(await translated(stream))['content'])).toEqual(two);
  });

  test('pieces without index, id and name belong to the last call', async () => {
    const stream = sse([
      geminiChunk(call({ id: 'a', function: { name: 'read', arguments: '{"at"' } }) as never),
      geminiChunk(call({ function: { arguments: ':1}' } }) as never, 'stop'),
    ]);
    expect(plain(assembled(await translated(stream))['content'])).toEqual([two[0]]);
  });
});

test.each(['', 'null', ' '])('arguments of %j are those of a tool that takes nothing', async (args) => {
  const stream = sse([openaiChunk(toolDelta(0, 'a', 'list', args)), openaiChunk({}, 'tool_calls')]);
  expect(assembled(await translated(stream))['content']).toMatchObject([{ name: 'list', input: {} }]);
});

test.each(['[1]', '"text"', '{"a":1}{"b":2}', '{"a":'])('finished arguments of %s are no answer', async (args) => {
  const stream = sse([openaiChunk(toolDelta(0, 'a', 'list', args)), openaiChunk({}, 'tool_calls')]);
  await expect(translated(stream)).rejects.toThrow('its arguments are no object');
});

test.each([
  ['vLLM', { stop_reason: 'THREE' }, 'stop_sequence'],
  ['SGLang', { matched_stop: 'THREE' }, 'stop_sequence'],
  ['SGLang, at the model’s own end', { matched_stop: '<|im_end|>' }, 'end_turn'],
  ['SGLang, by its number', { matched_stop: 151645 }, 'end_turn'],
  ['whoever says it in other words', { stop_reason: 'stop' }, 'end_turn'],
])('%s: a stop sequence is told where it is the client’s', async (_name, fields, reason) => {
  const choices = [{ index: 0, delta: { content: 'One, two, ' }, finish_reason: 'stop', ...fields }];
  const message = assembled(await translated(sse([openaiChunk({}, null, { choices })])));
  expect(message).toMatchObject({ stop_reason: reason, stop_sequence: reason === 'end_turn' ? null : 'THREE' });
});

test('ids of calls differ between answers, though the server begins to count anew in each', () => {
  expect(toolId('chatcmpl-1 1', 'call_0', 0, undefined)).not.toBe(toolId('chatcmpl-2 1', 'call_0', 0, undefined));
  expect(toolId('chatcmpl-1 1', '', 0, undefined)).not.toBe(toolId('chatcmpl-1 1', '', 1, undefined));
});

describe('an answer that ends in an error', () => {
  test.each([
    [
      'OpenAI',
      { error: { message: 'The server had an error', type: 'server_error', param: null, code: null } },
      500,
      'server_error',
    ],
    [
      'OpenAI, of a quota',
      { error: { message: 'x', type: 'insufficient_quota', code: 'insufficient_quota' } },
      429,
      'insufficient_quota',
    ],
    ['OpenRouter', { error: { code: 502, message: 'Provider disconnected' }, choices: [] }, 500, 'InternalServerError'],
    ['vLLM', { error: { message: 'x', type: 'BadRequestError', param: null, code: 400 } }, 400, 'BadRequestError'],
    [
      'older vLLM',
      { object: 'error', message: 'x', type: 'NotFoundError', param: null, code: 404 },
      404,
      'NotFoundError',
    ],
    ['Ollama', { error: 'llama runner process has terminated' }, 500, ''],
    ['Google', [{ error: { code: 503, message: 'x', status: 'UNAVAILABLE' } }], 503, 'UNAVAILABLE'],
  ])('%s: is told as an error of that type, and never as complete', async (_name, error, status, type) => {
    const events = await translated(
      `${sse([openaiChunk({ content: 'Hi' })])}data: ${JSON.stringify(error)}\n\n${DONE}`,
    );
    const last = events.at(-1)!;
    expect(last.event).toBe('error');
    expect(HOST_ERRORS.readEvent(JSON.parse(last.data))).toMatchObject({ status, facts: { type } });
    expect(events.map(({ event }) => event)).not.toContain('message_stop');
  });

  test.each(['malformed_function_call', 'error', 'abort', 'insufficient_system_resource'])(
    'a finish reason of %s is one',
    async (finish) => {
      const events = await translated(sse([openaiChunk({ content: 'Hi' }), openaiChunk({}, finish)]) + DONE);
      expect(events.at(-1)!.event).toBe('error');
      expect(HOST_ERRORS.readEvent(JSON.parse(events.at(-1)!.data)).facts.type).toBe(`finish:${finish}`);
    },
  );

  test('one after the last word is none', async () => {
    const late = `data: ${JSON.stringify({ error: { message: 'x', type: 'server_error' } })}\n\n`;
    const events = await translated(sse([openaiChunk({ content: 'Hi' }), openaiChunk({}, 'stop')]) + late);
    expect(events.at(-1)!.event).toBe('message_stop');
  });
});

test('a refusal before any content is a whole answer', async () => {
  const message = assembled(await translated(sse([openaiChunk({}, 'content_filter')]) + DONE));
  expect(message).toMatchObject({ content: [], stop_reason: 'refusal', stop_details: { type: 'refusal' } });
});

describe('a whole answer in place of a stream', () => {
  const answer = {
    id: 'chatcmpl-7',
    object: 'chat.completion',
    created: 1795853892,
    model: 'llama-4',
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: 'I look.',
          reasoning_content: 'Hm.',
          tool_calls: [
            { id: 'a', type: 'function', function: { name: 'read', arguments: '{"at":1}' } },
            { id: 'b', type: 'function', function: { name: 'read', arguments: '{"at":2}' } },
          ],
        },
        finish_reason: 'tool_calls',
      },
    ],
    usage: {
      prompt_tokens: 20,
      completion_tokens: 10,
      total_tokens: 30,
      completion_tokens_details: { reasoning_tokens: 3 },
    },
  };
  const read = async (body: unknown): Promise<Record<string, unknown>> => {
    const chunks = [JSON.stringify(body).slice(0, 40), JSON.stringify(body).slice(40)].map(bytes);
    return assembled(eventsOf(await collect(fromChatAnswer(each(chunks), ASKED))));
  };

  test('is given as the stream that it would have been', async () => {
    const message = await read(answer);
    expect(message).toMatchObject({
      model: 'llama-4',
      stop_reason: 'tool_use',
      usage: { input_tokens: 20, output_tokens: 10, output_tokens_details: { thinking_tokens: 3 } },
    });
    expect(plain(message['content'])).toEqual([
      { type: 'thinking', thinking: 'Hm.' },
      { type: 'text', text: 'I look.' },
      { type: 'tool_use', name: 'read', input: { at: 1 } },
      { type: 'tool_use', name: 'read', input: { at: 2 } },
    ]);
  });

  test.each([[[]], [{}], [{ choices: [] }], [{ ...answer, choices: [{ ...answer.choices[0], finish_reason: null }] }]])(
    'is none without all of it: %#',
    async (body) => {
      await expect(read(body)).rejects.toThrow('the host answered 200 with something that is not');
    },
  );
});
