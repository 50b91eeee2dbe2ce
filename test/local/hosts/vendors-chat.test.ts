import { isRecord, records, type Json } from '../../../local/json';
import { KEY, soundCall, useHosts } from './caller';

const start = useHosts();
const TOOLS = [{ type: 'function', function: { name: 'look', parameters: { type: 'object', properties: {} } } }];
const ASKED = { role: 'user', content: 'Look.' };

/** The chunks of a streamed answer, or the one object of a refusal. */
async function ask(kind: 'azure-openai' | 'vertex-gemini', messages: readonly object[]): Promise<readonly Json[]> {
  const host = await start(kind, { key: KEY });
  const { path, headers, body } = soundCall(kind, true);
  const asked = JSON.stringify({ ...body, tools: TOOLS, tool_choice: 'required', messages });
  const text = await (await fetch(host.url + path, { method: 'POST', headers, body: asked })).text();
  const parts = text.startsWith('data: ') ? text.split('\n\n').map((line) => line.slice('data: '.length)) : [text];
  return parts.filter((part) => part.startsWith('{')).map((part) => JSON.parse(part) as Json);
}

const callsOf = (chunks: readonly Json[]) =>
  chunks
    .flatMap(({ choices }) => records(choices))
    .flatMap(({ delta }) => (isRecord(delta) ? records(delta['tool_calls']) : []));

describe('Gemini, as Google’s OpenAI door gives it', () => {
  it('gives a call whole, signed, without an index, and ends with stop', async () => {
    const chunks = await ask('vertex-gemini', [ASKED]);
    const [call, ...more] = callsOf(chunks);
    expect(more).toEqual([]);
    expect(call).toMatchObject({ id: 'function-call-1', function: { name: 'look', arguments: '{}' } });
    expect(call).not.toHaveProperty('index');
    expect(records(chunks.at(-1)?.['choices'])[0]).toMatchObject({ finish_reason: 'stop' });
    expect(chunks.every(({ usage }) => isRecord(usage))).toBe(true);
  });

  it('takes its call back with its signature or Google’s own word for none, and in no other way', async () => {
    const [call] = callsOf(await ask('vertex-gemini', [ASKED]));
    const answered = (extra: object) => [
      ASKED,
      { role: 'assistant', content: null, tool_calls: [{ ...call, extra_content: undefined, ...extra }] },
      { role: 'tool', tool_call_id: 'function-call-1', content: 'seen' },
    ];
    const signed = (thought_signature: string) => ({ extra_content: { google: { thought_signature } } });
    for (const extra of [{ extra_content: call?.['extra_content'] }, signed('skip_thought_signature_validator')]) {
      expect((await ask('vertex-gemini', answered(extra))).at(-1)).toHaveProperty('choices');
    }
    for (const extra of [{}, signed('AAAA')]) {
      expect(JSON.stringify(await ask('vertex-gemini', answered(extra)))).toContain('missing a thought_signature');
    }
  });
});

test('Azure tells first what its filter has found in the prompt', async () => {
  const [first, second] = await ask('azure-openai', [ASKED]);
  expect(first).toMatchObject({ choices: [], id: '', prompt_filter_results: [{ prompt_index: 0 }] });
  expect(records(second?.['choices'])[0]).toMatchObject({ delta: { role: 'assistant' } });
});
