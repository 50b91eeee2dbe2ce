import { isObject, type JsonObject } from '../../../lambda/engine/json';
import { escapeHtml } from '../../drill/escape-html';
import type { CompareRequest } from '../requests';

/** The last turn is what was asked; the rest of the request is there to be opened. */
export function promptView({ body }: CompareRequest): string {
  const messages = Array.isArray(body['messages']) ? body['messages'].filter(isObject) : [];
  const { messages: _, ...fields } = body;
  const earlier = messages
    .slice(0, -1)
    .map((message) => turn(message))
    .join('\n');
  const rest = `<pre>${escapeHtml(JSON.stringify(fields, shortened, 2))}</pre>`;
  const last = messages.at(-1);
  return `${last === undefined ? '' : turn(last)}
<details><summary>the rest of the request</summary>${earlier}${rest}</details>`;
}

function turn({ role, content }: JsonObject): string {
  const blocks = typeof content === 'string' ? [{ type: 'text', text: content }] : content;
  const parts = (Array.isArray(blocks) ? blocks.filter(isObject) : []).map(part).join('');
  return `<div class="turn"><span class="small">${escapeHtml(String(role))}</span>${parts}</div>`;
}

const PICTURE = /^image\/(png|jpeg|gif|webp)$/;

function part(block: JsonObject): string {
  const { type, text, source } = block;
  if (type === 'text') return `<pre class="prose">${escapeHtml(String(text))}</pre>`;
  const { media_type: media, data } = isObject(source) ? source : {};
  if (type === 'image' && typeof data === 'string' && PICTURE.test(String(media))) {
    return `<img alt="" src="data:${String(media)};base64,${escapeHtml(data)}">`;
  }
  return `<pre>${escapeHtml(JSON.stringify(block, shortened, 2))}</pre>`;
}

const LONGEST = 4000;
const shortened = (_name: string, value: unknown): unknown =>
  typeof value === 'string' && value.length > LONGEST
    ? `${value.slice(0, LONGEST)}… (${value.length} characters)`
    : value;
