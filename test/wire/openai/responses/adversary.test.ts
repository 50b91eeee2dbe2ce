import fc from 'fast-check';
import { isObject, type JsonObject } from '../../../../lambda/engine/json';
import { fromMessageStream } from '../../../../lambda/wire/openai/door/answer/from-stream';
import { ResponseWriter } from '../../../../lambda/wire/openai/responses/answer/response-writer';
import { encodeSse } from '../../../../lambda/wire/sse-events';
import { splits } from '../../../fixtures/answers/read-answers';
import { ask } from './ask';
import { call, CREATED, end, start, text, thinking } from './events';

const EVENTS = [
  start,
  ...thinking('sig', 'Hm …'),
  ...text('再見, ', '“na', 'ïve”'),
  ...call('f', '{"a":"é', '"}'),
  ...call('g'),
  ...end('tool_use'),
];
const WHOLE = Buffer.concat(EVENTS.map((event) => encodeSse(String(event['type']), JSON.stringify(event))));
const ASKED = { body: { model: 'claude-opus-5-5' }, tools: new Map() };

async function streamed(chunks: readonly Uint8Array[]): Promise<string> {
  const source = async function* () {
    yield* chunks;
  };
  const parts: Uint8Array[] = [];
  for await (const part of fromMessageStream(source(), new ResponseWriter(ASKED, CREATED))) parts.push(part);
  return Buffer.concat(parts).toString();
}

it('a stream is the same however its bytes are split', async () => {
  const expected = await streamed([WHOLE]);
  expect(await streamed(Array.from(WHOLE, (_, at) => WHOLE.subarray(at, at + 1)))).toBe(expected);
  await fc.assert(
    fc.asyncProperty(splits(WHOLE), async (chunks) => expect(await streamed(chunks)).toBe(expected)),
    { numRuns: 50 },
  );
});

it('cut at any byte, a stream has whole events only, and no end', async () => {
  const expected = await streamed([WHOLE]);
  for (let at = 0; at < WHOLE.length - 1; at++) {
    const cut = await streamed([WHOLE.subarray(0, at)]);
    expect(expected.startsWith(cut)).toBe(true);
    expect(cut === '' || cut.endsWith('\n\n')).toBe(true);
    expect(cut).not.toContain('response.completed');
  }
});

it('whatever an event of a host is, nothing is thrown, and what goes out is numbered', () => {
  const type = fc.constantFrom(
    'message_start',
    'content_block_start',
    'content_block_delta',
    'content_block_stop',
    'message_delta',
    'message_stop',
    'error',
    'ping',
    'x',
  );
  const inner = fc.record(
    {
      type: fc.constantFrom(
        'text',
        'thinking',
        'tool_use',
        'redacted_thinking',
        'text_delta',
        'thinking_delta',
        'input_json_delta',
        'signature_delta',
        'x',
      ),
      text: fc.jsonValue(),
      thinking: fc.jsonValue(),
      partial_json: fc.jsonValue(),
      name: fc.jsonValue(),
      input: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  const event = fc.record(
    {
      type,
      message: fc.oneof(fc.jsonValue(), inner),
      content_block: fc.oneof(fc.jsonValue(), inner),
      delta: fc.oneof(fc.jsonValue(), inner),
      usage: fc.jsonValue(),
      error: fc.jsonValue(),
    },
    { requiredKeys: ['type'] },
  );
  fc.assert(
    fc.property(fc.array(event), (events) => {
      const writer = new ResponseWriter(ASKED, CREATED);
      const lines =
        events
          .map((each) => writer.write(each as JsonObject))
          .join('')
          .match(/^data: .*$/gm) ?? [];
      const numbers = lines.map((line) => (JSON.parse(line.slice(6)) as JsonObject)['sequence_number']);
      expect(numbers).toEqual(numbers.map((_, index) => index));
    }),
  );
});

it('whatever a request is, it is taken or told what is wrong, in words of our own', () => {
  const any = fc.oneof(fc.jsonValue(), fc.string());
  const item = fc.record(
    {
      type: fc.constantFrom(
        'message',
        'reasoning',
        'function_call',
        'function_call_output',
        'custom_tool_call',
        'shell_call',
        'shell_call_output',
        'apply_patch_call',
        'local_shell_call',
        'web_search_call',
        'x',
        '__proto__',
      ),
      role: fc.constantFrom('user', 'assistant', 'system', 'x', 'toString'),
      ...{
        content: any,
        call_id: any,
        id: any,
        name: any,
        namespace: any,
        arguments: any,
        input: any,
        output: any,
        action: any,
        operation: any,
        encrypted_content: fc.oneof(any, fc.constant('claude:{"type":"x"}')),
      },
    },
    { requiredKeys: [] },
  );
  const tool = fc.record(
    {
      type: fc.constantFrom('function', 'custom', 'namespace', 'shell', 'x y'),
      name: any,
      description: any,
      parameters: any,
      tools: any,
      format: any,
    },
    { requiredKeys: [] },
  );
  const request = fc.record(
    {
      input: fc.oneof(fc.string(), any, fc.array(fc.oneof(item, any))),
      tools: fc.oneof(any, fc.array(fc.oneof(tool, any))),
      ...{
        tool_choice: any,
        reasoning: any,
        text: any,
        include: any,
        instructions: any,
        store: any,
        metadata: any,
        fallbacks: any,
      },
    },
    { requiredKeys: ['input'] },
  );
  fc.assert(
    fc.property(request, (fields) => {
      try {
        const { body, dropped } = ask(fields);
        expect(Array.isArray(body['messages']) && body['messages'].every(isObject)).toBe(true);
        expect(dropped.every((name) => /^[\w.]+$/.test(name))).toBe(true);
      } catch (error) {
        expect((error as Error).name).toBe('InvalidRequest');
      }
    }),
    { numRuns: 1000 },
  );
});

it('a long conversation is translated in time, and a long stream at the pace of its pieces', () => {
  const input = Array.from({ length: 20_000 }, (_, index) => [
    { type: 'function_call', call_id: `c${index}`, name: 'f', arguments: '{}' },
    { type: 'function_call_output', call_id: `c${index}`, output: 'x'.repeat(100) },
  ]).flat();
  const { body } = ask({ input: [{ role: 'user', content: 'a' }, ...input] });
  expect((body['messages'] as unknown[]).length).toBe(40_001);
  const writer = new ResponseWriter(ASKED, CREATED);
  const long = [start, ...text(...Array<string>(50_000).fill('word ')), ...end('end_turn')];
  expect(long.map((event) => writer.write(event)).join('').length).toBeGreaterThan(50_000 * 100);
});
