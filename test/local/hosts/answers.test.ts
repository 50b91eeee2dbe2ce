import { request, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import fc from 'fast-check';
import { answer } from '../../../local/hosts/answers/answers';
import { messageEvents } from '../../../local/hosts/answers/message-events';
import { eventTypes, receive, send, soundCall, until, useHosts } from './caller';

const start = useHosts();

const ask = (text: string, max_tokens = 1024) =>
  answer({ max_tokens, messages: [{ role: 'user', content: text }] }, 'anthropic', 'claude-opus-5-5');

describe('the events of a message', () => {
  it('come in the order of the real stream', () => {
    const { message } = ask('Hello');
    expect(messageEvents(message, 2).map(({ type }) => type)).toEqual([
      'message_start',
      'content_block_start',
      'ping',
      'content_block_delta',
      'content_block_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ]);
  });

  it('start with an empty message that has no stop reason yet', () => {
    const { message } = ask('Hello');
    expect(messageEvents(message)[0]).toMatchObject({
      type: 'message_start',
      message: {
        id: message.id,
        content: [],
        stop_reason: null,
        usage: { input_tokens: message.usage.input_tokens, output_tokens: 1 },
      },
    });
  });

  it('carry any text whole, in well-formed pieces', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.integer({ min: 1, max: 20 }), (text, deltas) => {
        const { message } = ask('Hello');
        const events = messageEvents({ ...message, content: [{ type: 'text', text, citations: [] }] }, deltas);
        const parts = events.flatMap((event) =>
          event.type === 'content_block_delta' && event.delta.type === 'text_delta' ? [event.delta.text] : [],
        );
        expect(parts.join('')).toBe(text);
        expect(parts.every((part) => part.isWellFormed())).toBe(true);
      }),
    );
  });
});

describe('an answer', () => {
  // Clients with a schema of their own, as the Vercel AI SDK's, refuse what their authors have never seen on the wire.
  it('has a null only where the real one has', () => {
    const { message } = ask('Hello');
    const { id, content, usage, ...rest } = message;
    expect(id).toMatch(/^msg_01/);
    expect(rest).toStrictEqual({
      type: 'message',
      role: 'assistant',
      model: 'claude-opus-5-5',
      stop_details: null,
      stop_reason: 'end_turn',
      stop_sequence: null,
    });
    expect(content).toStrictEqual([{ type: 'text', text: expect.any(String) }]);
    expect(Object.values(usage)).not.toContain(null);
    const opened = messageEvents(message).find(({ type }) => type === 'content_block_start');
    expect(opened).toStrictEqual({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } });
    const closing = JSON.parse(JSON.stringify(messageEvents(message).at(-2))) as object;
    expect(closing).toStrictEqual({
      type: 'message_delta',
      delta: { stop_reason: 'end_turn', stop_sequence: null, stop_details: null },
      usage: {
        input_tokens: expect.any(Number),
        output_tokens: expect.any(Number),
        cache_creation_input_tokens: 0,
        cache_read_input_tokens: 0,
      },
    });
  });

  it('stops at max_tokens', () => {
    const { message } = ask('Hello', 1);
    expect(message).toMatchObject({ stop_reason: 'max_tokens', usage: { output_tokens: 1 } });
    expect(message.content).toMatchObject([{ type: 'text', text: 'You ' }]);
  });

  it('quotes the question, so that answers cannot be mixed up unseen', () => {
    expect(JSON.stringify(ask('the sixth sheep').message.content)).toContain('the sixth sheep');
  });

  it('names the model as Anthropic does, whatever the host calls it', () => {
    const named = (id: string) => answer({ messages: [] }, 'bedrock', id).message.model;
    expect(named('us.anthropic.claude-opus-4-6-v1')).toBe('claude-opus-4-6');
    expect(named('eu.anthropic.claude-haiku-4-5-20251001-v1:0')).toBe('claude-haiku-4-5-20251001');
    expect(named('claude-haiku-4-5@20251001')).toBe('claude-haiku-4-5-20251001');
  });

  it('survives any JSON object as a request', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom('messages', 'tools', 'tool_choice', 'thinking', 'max_tokens', 'system'),
          fc.jsonValue(),
        ),
        (body) => {
          expect(answer(body as Record<string, unknown>, 'vertex', 'claude-opus-5-5').message.role).toBe('assistant');
        },
      ),
    );
  });
});

describe('the text of the last message', () => {
  it('sets the number of deltas and the time between them', async () => {
    const host = await start('anthropic');
    const { text } = await receive(await send(host, soundCall('anthropic', true, 'sim:events=20 sim:delay=2')));
    expect(eventTypes(text).filter((type) => type === 'content_block_delta')).toHaveLength(20);
    expect(ask('sim:delay=2').delayMs).toBe(2);
  });

  it('makes a long stream in large writes, and the host waits for a client that does not read', async () => {
    const host = await start('bedrock');
    const total = 20_000_000;
    const { path, headers, body } = soundCall('bedrock', true, `sim:bytes=${total}`);
    const client = request(host.url + path, { method: 'POST', headers }).end(JSON.stringify(body));
    const [response] = (await once(client, 'response')) as [IncomingMessage];
    response.pause();
    const sent = () => host.requests[0]?.sent ?? 0;
    let [before, still] = [0, 0];
    await until(() => {
      still = sent() > 0 && sent() === before ? still + 1 : 0;
      before = sent();
      return still === 30;
    }, 'the host stops sending');
    expect(before).toBeLessThan(total);
    let read = 0;
    for await (const part of response) read += (part as Buffer).length;
    expect(read).toBe(sent());
    expect(read).toBeGreaterThan(total);
    expect(host.answered).toBe(1);
  });
});

describe('a script in the prompt', () => {
  const call = { name: 'look', input: { at: 'it' } };
  const script = `Do as told.\nsim:turns=${JSON.stringify([['First.', call, call], [], ['Last: \u2028.']])}`;
  const told = { role: 'user', content: [{ type: 'text', text: script }] };
  const said = [
    { role: 'assistant', content: 'First.' },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'x', content: 'seen' }] },
  ];
  const turn = (messages: readonly object[], tools: readonly object[] = [{ name: 'look', input_schema: {} }]) =>
    answer({ max_tokens: 1024, tools, messages }, 'anthropic', 'claude-opus-5-5').message;

  it('says what the model says, turn after turn, and then the model speaks for itself', () => {
    const { content, stop_reason } = turn([told]);
    expect(content).toMatchObject([{ text: 'First.' }, { type: 'tool_use', ...call }, { type: 'tool_use', ...call }]);
    expect(stop_reason).toBe('tool_use');
    expect(new Set(content.map((block) => (block as { id?: string }).id)).size).toBe(3);
    expect(turn([told, ...said])).toMatchObject({ content: [], stop_reason: 'end_turn' });
    expect(turn([told, ...said, ...said]).content).toMatchObject([{ text: 'Last: \u2028.' }]);
    expect(turn([told, ...said, ...said, ...said]).content).toMatchObject([
      { text: expect.stringContaining('The tool has answered') },
    ]);
  });

  it('calls no tools that the request does not have, and is nothing where it is cut short', () => {
    expect(turn([told], []).content).toMatchObject([{ text: expect.stringContaining('You asked') }]);
    const cut = { role: 'user', content: script.slice(0, 40) };
    expect(turn([cut], []).content).toMatchObject([{ text: expect.stringContaining('You asked') }]);
  });
});
