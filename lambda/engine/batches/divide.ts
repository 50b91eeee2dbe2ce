/** A request on its way into a shard. */
export interface Divisible {
  readonly places: readonly string[];
  readonly model: string;
  readonly bytes: number;
}

/** Requests of a shard. */
export const SHARD_REQUESTS = 1000;
/** Of its requests as they are kept: a worker holds a shard and its answers in memory. */
export const SHARD_BYTES = 8 * 1024 * 1024;

/**
 * Requests that go the same way with the same model, in even parts that keep their order. A way and a model are a group: no place
 * takes two models in a job, and what one request cannot do must not hold up another.
 */
export function divide<Request extends Divisible>(requests: readonly Request[]): readonly (readonly Request[])[][] {
  const groups = new Map<string, Request[]>();
  for (const request of requests) {
    const key = JSON.stringify([request.model, request.places]);
    const group = groups.get(key);
    if (group) group.push(request);
    else groups.set(key, [request]);
  }
  return [...groups.values()].map(evenParts);
}

function evenParts<Request extends Divisible>(group: readonly Request[]): (readonly Request[])[] {
  // Two shards of 600 rather than one of 1,000 and one of 200: a cloud has a minimum.
  const most = Math.ceil(group.length / Math.ceil(group.length / SHARD_REQUESTS));
  const parts: Request[][] = [];
  let bytes = Infinity;
  for (const request of group) {
    const last = parts.at(-1);
    if (last === undefined || last.length === most || bytes + request.bytes > SHARD_BYTES) {
      parts.push([request]);
      bytes = request.bytes;
    } else {
      last.push(request);
      bytes += request.bytes;
    }
  }
  return parts;
}
