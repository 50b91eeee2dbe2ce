import { CANARY_CLIENT } from '../../../../lib/contract';
import { readAll } from '../../../engine/bytes';
import type { Gateway, GatewayResponse } from '../../../engine/gateway';
import { isObject, parseJson } from '../../../engine/json';
import type { Clock } from '../../../engine/time/clock';

const PATH = '/v1/messages/batches';
const MAX_BYTES = 1024 * 1024;
const CALL_MS = 60_000;
/** A batch that is younger was made by the same day's event: EventBridge may send one twice. */
const DAY_AT_LEAST_MS = 12 * 3_600_000;

/** What is wrong, in words; `young`: there is nothing to look at yet. */
export type CanaryFinding = { readonly problem?: string } | 'young';

/**
 * Looks at the batch of the day before, and makes the next, as a client does: one request, which asks for one token. A batch that was not
 * answered in a day is as good as lost.
 */
export async function runCanary(handle: Gateway, model: string, id: string, clock: Clock): Promise<CanaryFinding> {
  const ask = async (method: string, path: string, query = '', content?: object): Promise<Told> => {
    const head = { id, method, path, query, headers: { 'content-type': 'application/json' }, client: CANARY_CLIENT };
    const timeLeftMs = CALL_MS;
    const body = Buffer.from(content === undefined ? '' : JSON.stringify(content));
    return told(await handle({ ...head, body, timeLeftMs }, new AbortController().signal));
  };
  const listed = await ask('GET', PATH, 'limit=1');
  const last: unknown = Array.isArray(listed.answer['data']) ? listed.answer['data'][0] : undefined;
  if (isObject(last) && clock.now() < Date.parse(String(last['created_at'])) + DAY_AT_LEAST_MS) return 'young';
  const params = { model, max_tokens: 1, messages: [{ role: 'user', content: 'Hello' }] };
  const made = await ask('POST', PATH, '', { requests: [{ custom_id: 'canary', params }] });
  if (made.status !== 200) return { problem: `the gateway has not taken a batch: ${made.text}` };
  if (!isObject(last)) return {};
  if (last['processing_status'] !== 'ended') return { problem: `${String(last['id'])} has not ended` };
  const results = await ask('GET', `${PATH}/${String(last['id'])}/results`);
  const result = results.answer['result'];
  if (isObject(result) && result['type'] === 'succeeded') return {};
  return { problem: `${String(last['id'])} was not answered: ${results.text}` };
}

interface Told {
  readonly status: number;
  readonly text: string;
  readonly answer: Readonly<Record<string, unknown>>;
}

async function told({ status, body }: GatewayResponse): Promise<Told> {
  const bytes = body instanceof Uint8Array ? body : await readAll(body, MAX_BYTES);
  const text = Buffer.from(bytes).toString();
  const answer = parseJson(text);
  return { status, text: text.slice(0, 500), answer: isObject(answer) ? answer : {} };
}
