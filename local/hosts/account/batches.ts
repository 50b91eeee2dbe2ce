import { freshId } from '../answers/answer-id';
import { anthropic } from '../faults/error-spec';
import type { SimRequest } from '../requests/recorded-request';
import { refuse, type AccountOptions, type AccountReply, type WireOptions } from '../wires/wire';
import { batchComplaint } from './batch-complaint';
import { createBatchLife, type Batch } from './batch-life';
import { batchResults, type BatchRequest } from './batch-results';
import { createShelf } from './shelf';

/** Seconds, as it is said of a batch that has not ended. */
const POLL_AFTER = { 'retry-after': '10' };

export interface Batches {
  create(request: SimRequest): AccountReply;
  list(request: SimRequest): AccountReply;
  show(request: SimRequest, id: string): AccountReply;
  cancel(request: SimRequest, id: string): AccountReply;
  remove(request: SimRequest, id: string): AccountReply;
  results(request: SimRequest, id: string): AccountReply;
}

export function createBatches(options: WireOptions, own: AccountOptions): Batches {
  const shelf = createShelf<Batch>();
  const { hasEnded, endingOf, view } = createBatchLife(options, own);

  const found = (id: string, make: (batch: Batch) => AccountReply): AccountReply => {
    const batch = shelf.get(id);
    return batch ? make(batch) : missing(`Message Batch ${id} not found.`);
  };

  return {
    create(request) {
      if (!request.json) return invalid('The request body is not valid JSON.');
      const { requests } = request.json;
      const wrong = batchComplaint(requests);
      if (wrong) return invalid(wrong);
      const batch: Batch = {
        id: freshId('msgbatch', 'anthropic'),
        requests: requests as readonly BatchRequest[],
        version: request.headers['anthropic-version'],
        createdAt: own.clock.now(),
      };
      shelf.add(batch);
      return { kind: 'json', body: view(batch, originOf(request)) };
    },
    list: (request) => shelf.page(request.query, (batch) => view(batch, originOf(request))),
    show: (request, id) =>
      found(id, (batch) => ({
        kind: 'json',
        body: view(batch, originOf(request)),
        ...(!hasEnded(batch) && { headers: POLL_AFTER }),
      })),
    cancel: (request, id) =>
      found(id, (batch) => {
        if (!hasEnded(batch)) batch.cancelledAt ??= own.clock.now();
        return { kind: 'json', body: view(batch, originOf(request)) };
      }),
    remove: (_, id) =>
      found(id, (batch) => {
        if (!hasEnded(batch)) return invalid(STILL_RUNS);
        shelf.remove(id);
        return { kind: 'json', body: { id, type: 'message_batch_deleted' } };
      }),
    results: (_, id) =>
      found(id, (batch) => {
        if (!hasEnded(batch)) return missing(`Message Batch ${id} has no available results.`);
        batch.results ??= batchResults(batch.requests, endingOf(batch), options, batch.version);
        return { kind: 'file', bytes: batch.results, headers: { 'content-type': 'application/x-jsonl' } };
      }),
  };
}

const STILL_RUNS = 'In progress batches cannot be deleted. Consider canceling the batch instead.';
const originOf = ({ headers }: SimRequest) => `http://${headers['host'] ?? ''}`;
const invalid = (message: string) => refuse(anthropic(400, 'invalid_request_error', message));
const missing = (message: string) => refuse(anthropic(404, 'not_found_error', message));
