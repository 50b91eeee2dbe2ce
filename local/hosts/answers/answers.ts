import type { ContentBlock, Message, TextBlock, ToolUseBlock } from '@anthropic-ai/sdk/resources/messages';
import type { HostKind } from '../../../lib/contract';
import { contentId, freshId } from './answer-id';
import { isRecord, type Json } from '../../json';
import { publicName } from '../requests/model-facts';
import { estimateTokens, readPrompt, type Prompt } from '../requests/prompt';
import { type ScriptPart } from '../requests/script';
import { schemaInstance } from './schema-instance';

export interface SimulatedAnswer {
  readonly message: Message;
  /** Into how many deltas a stream splits each text. */
  readonly deltas: number;
  /** Between two deltas; undefined leaves it to the host. */
  readonly delayMs: number | undefined;
}

const LARGE_WRITE = 64 * 1024;
const PROSE =
  'This is the same model’s answer, whichever host gives it – a naïve reader could not tell them apart. ' +
  'It is long enough to be streamed in about a dozen pieces, so that a failure in the middle has a middle to fail in, ' +
  'and it carries a few characters of more than one byte, 再見, so that a split inside one would show.';

const direct = { type: 'direct' } as const;
/** Without citations there is no such field on the wire, whatever the SDK's type says: strict clients refuse a null. */
const plain = (text: string) => ({ type: 'text', text }) as TextBlock;

/** The answer to one request: the same content on every host, with ids as this kind of host writes them. */
export function answer(body: Json, kind: HostKind, model: string): SimulatedAnswer {
  const prompt = readPrompt(body);
  const { bytes, events, delay } = prompt.wants;
  const sized = bytes !== undefined || events !== undefined;
  const full = sized ? [plain(filler(bytes ?? (events ?? 0) * 8))] : contentFor(prompt, kind);
  const { content, stop } =
    prompt.refusedBy === publicName(model)
      ? { content: [], stop: 'refusal' as const }
      : sized
        ? { content: full, stop: 'end_turn' as const }
        : fit(full, prompt.maxTokens);
  const message = {
    id: freshId('msg', kind),
    type: 'message',
    role: 'assistant',
    model: publicName(model),
    content,
    stop_details: null,
    stop_reason: stop,
    stop_sequence: null,
    usage: {
      input_tokens: estimateTokens([body['system'], body['tools'], body['messages']]),
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
      output_tokens: content.reduce((sum, block) => sum + cost(block), 0),
      ...(content.some(({ type }) => type === 'server_tool_use') && {
        server_tool_use: { web_search_requests: 1, web_fetch_requests: 0 },
      }),
      service_tier: 'standard',
      inference_geo: 'global',
    },
  };
  return {
    // What does not apply is left out, where the SDK's type would have a null.
    message: message as Message,
    deltas: events ?? (bytes === undefined ? 12 : Math.max(1, Math.ceil(bytes / LARGE_WRITE))),
    delayMs: delay ?? (bytes === undefined ? undefined : 0),
  };
}

function filler(length: number): string {
  return 'failover '.repeat(Math.ceil(length / 9)).slice(0, length);
}

function contentFor(prompt: Prompt, kind: HostKind): ContentBlock[] {
  const thinking: ContentBlock[] = prompt.thinks
    ? [
        {
          type: 'thinking',
          thinking: 'The question is simple. I answer it in a few sentences and stay on the subject.',
          signature: Buffer.from(
            `simulated signature over ${contentId('thinking', 'anthropic', prompt.text)}`,
          ).toString('base64'),
        },
      ]
    : [];
  return [...thinking, ...spoken(prompt, kind)];
}

function spoken(prompt: Prompt, kind: HostKind): ContentBlock[] {
  if (prompt.script) return prompt.script.map((part, position) => scripted(part, position, kind));
  const calls = prompt.clientTool && !prompt.answersTool;
  if (prompt.schema && !calls) return [plain(JSON.stringify(schemaInstance(prompt.schema) ?? {}))];
  if (prompt.answersTool) return [plain(`The tool has answered. ${PROSE}`)];
  if (prompt.searches) return searched(prompt, kind);
  if (prompt.citable) return [plain('The document says: '), cited(prompt.citable), plain(`. ${PROSE}`)];
  if (prompt.clientTool) {
    const call = toolUse(prompt.clientTool, kind);
    return prompt.mustCall ? [call] : [plain('I look that up with the tool.'), call];
  }
  return [plain(`You asked: “${prompt.text.slice(0, 80)}”. ${PROSE}`)];
}

function toolUse(tool: Json, kind: HostKind): ToolUseBlock {
  const input = schemaInstance(tool['input_schema'], 'input') ?? {};
  const id = contentId('toolu', kind, JSON.stringify([tool['name'], input]));
  return { type: 'tool_use', id, caller: direct, name: String(tool['name']), input };
}

function scripted(part: ScriptPart, position: number, kind: HostKind): TextBlock | ToolUseBlock {
  if (typeof part === 'string') return plain(part);
  const { name, input } = part;
  return {
    type: 'tool_use',
    id: contentId('toolu', kind, JSON.stringify([position, part])),
    caller: direct,
    name,
    input,
  };
}

function cited(document: Json): TextBlock {
  const source = isRecord(document['source']) ? document['source'] : {};
  const quote = String(source['type'] === 'text' ? source['data'] : 'the first page').slice(0, 60);
  const title = typeof document['title'] === 'string' ? document['title'] : null;
  return {
    type: 'text',
    text: quote,
    citations: [
      {
        type: 'char_location',
        cited_text: quote,
        document_index: 0,
        document_title: title,
        start_char_index: 0,
        end_char_index: quote.length,
        file_id: null,
      },
    ],
  };
}

function searched({ text }: Prompt, kind: HostKind): ContentBlock[] {
  const id = contentId('srvtoolu', kind, text);
  const page = { title: 'A simulated page', url: 'https://example.com/simulated' };
  const sealed = Buffer.from('simulated encrypted content').toString('base64');
  return [
    { type: 'server_tool_use', id, caller: direct, name: 'web_search', input: { query: text.slice(0, 80) } },
    {
      type: 'web_search_tool_result',
      tool_use_id: id,
      caller: direct,
      content: [{ type: 'web_search_result', ...page, encrypted_content: sealed, page_age: null }],
    },
    {
      type: 'text',
      text: `A page was found. ${PROSE}`,
      citations: [
        { type: 'web_search_result_location', ...page, cited_text: 'A simulated page', encrypted_index: sealed },
      ],
    },
  ];
}

function cost(block: ContentBlock): number {
  return block.type === 'web_search_tool_result' ? 0 : estimateTokens(block.type === 'text' ? block.text : block);
}

/** Cuts the content where the model would have run out of tokens. */
function fit(content: readonly ContentBlock[], maxTokens: number) {
  const kept: ContentBlock[] = [];
  let left = maxTokens;
  for (const block of content) {
    if (cost(block) > left) {
      if (block.type === 'text' && left > 0) kept.push({ ...block, text: block.text.slice(0, left * 4) });
      return { content: kept, stop: 'max_tokens' as const };
    }
    left -= cost(block);
    kept.push(block);
  }
  return { content: kept, stop: kept.at(-1)?.type === 'tool_use' ? ('tool_use' as const) : ('end_turn' as const) };
}
