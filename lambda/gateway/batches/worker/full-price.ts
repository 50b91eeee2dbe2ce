import { costUsd, priceOf } from '../../../../lib/catalog/prices';
import { RESPONSE_HEADERS, type RouterConfig } from '../../../../lib/contract';
import { readAll } from '../../../engine/bytes';
import type { Gateway } from '../../../engine/gateway';
import type { Headers } from '../../../engine/headers';
import type { BodyFields } from '../../../engine/host';
import { isObject, parseJson } from '../../../engine/json';
import type { Clock } from '../../../engine/time/clock';
import { type BatchResult, errorOf } from '../../../wire/anthropic/batches/batch-result';
import { isStandIn } from '../../queue/stand-in';
import { BATCHES_DEFAULTS } from '../batches-defaults';
import type { BatchTable } from '../state/batch-table';

export interface PricedRequest {
  readonly id: string;
  readonly client: string | undefined;
  readonly model: string;
  readonly params: BodyFields;
  readonly headers: Headers;
  readonly timeLeftMs: number;
}

/** `later`: no host could, which passes. `limit`: the day's money is spent. */
export type Asked = BatchResult | 'later' | 'limit';

/** The chain, asked for one request at a time and within the owner's limit. */
export type FullPrice = (request: PricedRequest, signal: AbortSignal) => Promise<Asked>;

const MICROS = 1e6;
const DAY_MS = 86_400_000;
/** A counter is read for its day only. */
const KEPT_MS = 2 * DAY_MS;
/** No text has more tokens: most have half as many. */
const BYTES_PER_TOKEN = 2;
const MAX_BYTES = 64 * 1024 * 1024;

export function createFullPrice(config: RouterConfig, handle: Gateway, table: BatchTable, clock: Clock): FullPrice {
  const limitUsd = config.batches?.fullPriceUsdPerDay ?? BATCHES_DEFAULTS.fullPriceUsdPerDay;
  const spend = (micros: number): Promise<number> => {
    const day = new Date(clock.now()).toISOString().slice(0, 10);
    return table.spend(day, micros, clock.now() + KEPT_MS);
  };
  return async ({ id, client, model, params, headers, timeLeftMs }, signal) => {
    const body = Buffer.from(JSON.stringify({ ...params, stream: false }));
    const most = Math.ceil(mostUsd(model, params, body.length) * MICROS);
    // Set aside first: two workers that look before they add would both find room. What a killed one has set aside stays so for the day.
    if ((await spend(most)) > limitUsd * MICROS) {
      await spend(-most);
      return 'limit';
    }
    const request = {
      id,
      method: 'POST',
      path: '/v1/messages',
      query: '',
      headers: { ...headers, 'content-type': 'application/json' },
      client,
      timeLeftMs,
      body,
    };
    const response = await handle(request, signal);
    const bytes = response.body instanceof Uint8Array ? response.body : await readAll(response.body, MAX_BYTES);
    const answer = parseJson(Buffer.from(bytes).toString());
    const { [RESPONSE_HEADERS.host]: name, [RESPONSE_HEADERS.cache]: cache } = response.headers;
    const host = config.hosts.find((each) => each.name === name);
    // What is given again has been paid.
    const isNew = response.status === 200 && cache !== 'hit' && !isStandIn(response);
    const usage = isNew && isObject(answer) ? answer['usage'] : undefined;
    const cost = isObject(usage) ? (costUsd(model, usage, host) ?? 0) : 0;
    await spend(Math.ceil(cost * MICROS) - most);
    return isStandIn(response) ? 'later' : resultOf(response.status, answer);
  };
}

/** A prompt that is all text, and an answer as long as it may be. */
function mostUsd(model: string, { max_tokens: tokens }: BodyFields, bytes: number): number {
  const price = priceOf(model);
  if (price === undefined) return Infinity;
  const { input, output } = price.longPrompt ?? price;
  const answer = typeof tokens === 'number' && tokens > 0 ? tokens : 0;
  return ((bytes / BYTES_PER_TOKEN) * Math.max(input, price.input) + answer * Math.max(output, price.output)) / 1e6;
}

function resultOf(status: number, answer: unknown): Asked {
  if (status === 200 && isObject(answer)) return { type: 'succeeded', message: answer };
  const error = errorOf(answer);
  if (error === undefined || status >= 500 || status === 429 || status === 408) return 'later';
  return { type: 'errored', error: { type: 'error', error, request_id: null } };
}
