import { readAll } from '../../engine/bytes';
import type { Headers } from '../../engine/headers';
import { type Host, type HostAnswer, HostError } from '../../engine/host';
import { isObject, type JsonObject, parseJson } from '../../engine/json';
import { type BatchResult, errorOf, readResult } from '../../wire/anthropic/batches/batch-result';
import {
  type BatchJob,
  type BatchPlace,
  indexOf,
  type MadeJob,
  PlaceError,
  refusalOf,
  refusalOfError,
  requestId,
} from '../batches/batch-place';

const PATH = '/v1/messages/batches';
/** A page of a hundred batches is less than a hundredth of it; of results it is more than a worker could hold. */
const MAX_BYTES = 512 * 1024 * 1024;
/** Two clocks may differ by so much. */
const SKEW_MS = 60_000;
const MOST_LISTED = 100;
/** Its own key was refused, or has nothing left: the next one may be of another account. */
const NEXT_KEY: ReadonlySet<number> = new Set([401, 402, 403, 429]);

/** Anthropic's own Message Batches. Creating one has no idempotency key: what was lost is looked for by time and size, and proven by its results. */
export function anthropicBatches(host: Host): BatchPlace {
  const keys: readonly (string | undefined)[] = host.keys.length > 0 ? host.keys : [undefined];

  const send = async (
    { method = 'GET', path, query = '', body, key, headers = {} }: Call,
    signal: AbortSignal,
  ): Promise<{ readonly status: number; readonly bytes: Uint8Array }> => {
    const request = {
      method,
      path,
      query,
      headers: { 'anthropic-version': '2023-06-01', ...headers, 'content-type': 'application/json' },
      body: Buffer.from(body ?? ''),
    };
    let answer = await forward(host, request, key, signal);
    if (answer.status === 401 && (await host.refreshCredential(key))) {
      await answer.body[Symbol.asyncIterator]().return?.();
      answer = await forward(host, request, key, signal);
    }
    return { status: answer.status, bytes: await readAll(answer.body, MAX_BYTES) };
  };

  const read = async (made: MadeJob, path: string, signal: AbortSignal, method?: string) => {
    const { status, bytes } = await send({ method, path, key: made.key }, signal);
    if (status !== 200 && status !== 404) throw refusal(host.name, status, bytes);
    return { isGone: status === 404, text: Buffer.from(bytes).toString() };
  };

  return {
    async make(job, signal) {
      const requests = job.requests.map(({ index, params }) => ({
        custom_id: requestId(job, index),
        params: { ...params, model: host.modelId(job.model) ?? job.model },
      }));
      const body = JSON.stringify({ requests });
      let refused: PlaceError | undefined;
      for (const key of keys) {
        const { status, bytes } = await send({ method: 'POST', path: PATH, headers: job.headers, body, key }, signal);
        const id = status === 200 ? fieldsOf(bytes)['id'] : undefined;
        if (typeof id === 'string') return { id, ...(key !== undefined && { key }) };
        // Of an answer that cannot be read, nobody knows what it was.
        refused = refusal(host.name, status === 200 ? 502 : status, bytes);
        if (!NEXT_KEY.has(status)) break;
      }
      throw refused!;
    },
    async find(job, not, signal) {
      for (const key of keys) {
        const { status, bytes } = await send({ path: PATH, query: `?limit=${MOST_LISTED}`, key }, signal);
        if (status !== 200) throw refusal(host.name, status, bytes);
        const { data } = fieldsOf(bytes);
        const found = (Array.isArray(data) ? data : []).filter((batch) => looksLike(batch, job, not)).at(-1);
        if (found) return { id: found.id, ...(key !== undefined && { key }) };
      }
      return undefined;
    },
    async look(made, signal) {
      const { isGone, text } = await read(made, `${PATH}/${made.id}`, signal);
      if (isGone) return 'gone';
      const batch = parseJson(text);
      return isObject(batch) && batch['processing_status'] === 'ended' ? 'ended' : 'running';
    },
    async stop(made, signal) {
      await read(made, `${PATH}/${made.id}/cancel`, signal, 'POST');
    },
    async results(made, job, signal) {
      const { isGone, text } = await read(made, `${PATH}/${made.id}/results`, signal);
      return isGone ? new Map() : readLines(text, job);
    },
  };
}

interface Call {
  readonly method?: string | undefined;
  readonly path: string;
  readonly query?: string;
  readonly body?: string;
  readonly key: string | undefined;
  readonly headers?: Headers;
}

async function forward(
  host: Host,
  request: Parameters<NonNullable<Host['forward']>>[0],
  key: string | undefined,
  signal: AbortSignal,
): Promise<HostAnswer> {
  try {
    return await host.forward!(request, key, signal);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    const message = `host '${host.name}' could not be reached`;
    throw new PlaceError(refusalOfError(error), { type: 'api_error', message });
  }
}

function refusal(host: string, status: number, bytes: Uint8Array): PlaceError {
  const said = errorOf(parseJson(Buffer.from(bytes).toString()));
  // What it says of a key or an account is not the client's affair.
  const isOfRequest = status === 400 || status === 413;
  const line = isOfRequest ? /^requests\.(\d+)\./.exec(said?.message ?? '')?.[1] : undefined;
  const shown = { type: 'api_error', message: `host '${host}' did not take the batch (${status})` };
  return new PlaceError(
    refusalOf(status),
    isOfRequest ? (said ?? shown) : shown,
    line === undefined ? undefined : Number(line),
  );
}

const fieldsOf = (bytes: Uint8Array): JsonObject => {
  const value = parseJson(Buffer.from(bytes).toString());
  return isObject(value) ? value : {};
};

function looksLike(batch: unknown, { since, requests }: BatchJob, not: readonly string[]): batch is { id: string } {
  if (!isObject(batch) || typeof batch['id'] !== 'string' || not.includes(batch['id'])) return false;
  const { created_at: createdAt, request_counts: counts } = batch;
  const total = isObject(counts) ? Object.values(counts).reduce<number>((sum, count) => sum + Number(count), 0) : 0;
  return total === requests.length && Date.parse(String(createdAt)) >= since - SKEW_MS;
}

function readLines(text: string, job: BatchJob): ReadonlyMap<number, BatchResult> | undefined {
  const results = new Map<number, BatchResult>();
  for (const line of text.split('\n')) {
    const value = line === '' ? undefined : parseJson(line);
    if (!isObject(value)) continue;
    const index = indexOf(job, value['custom_id']);
    if (index === undefined) return undefined;
    const result = readResult(value['result']);
    if (result) results.set(index, result);
  }
  return results;
}
