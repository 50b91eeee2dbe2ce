import { anthropic } from '../faults/error-spec';
import { refuse, type AccountReply } from '../wires/wire';

/** Bounded, because a host may run for days. */
const MOST_KEPT = 100;
const PAGE = { usual: 20, most: 1000 };

/** What an account keeps of one kind, the newest first. */
export interface Shelf<T extends { readonly id: string }> {
  add(item: T): void;
  get(id: string): T | undefined;
  remove(id: string): void;
  /** Part of them, as the query asks for it. */
  page(query: URLSearchParams, show: (item: T) => object): AccountReply;
}

export function createShelf<T extends { readonly id: string }>(items: T[] = []): Shelf<T> {
  const indexOf = (id: string) => items.findIndex((item) => item.id === id);
  return {
    add: (item) => void (items.unshift(item) > MOST_KEPT && items.pop()),
    get: (id) => items[indexOf(id)],
    remove: (id) => void items.splice(indexOf(id), 1),
    page(query, show) {
      const limit = Number(query.get('limit') ?? PAGE.usual);
      const wrong = limitComplaint(limit);
      if (wrong) return refuse(anthropic(400, 'invalid_request_error', `limit: ${wrong}`));
      const before = query.get('before_id');
      const after = query.get('after_id') ?? query.get('page');
      const end = before === null ? undefined : Math.max(0, indexOf(before));
      const start = end === undefined ? startAfter(after) : Math.max(0, end - limit);
      const data = items.slice(start, end ?? start + limit);
      const more = end === undefined ? start + limit < items.length : start > 0;
      const first_id = data[0]?.id ?? null;
      const last_id = data.at(-1)?.id ?? null;
      // The last is how the newer lists are turned over.
      const turning = { has_more: more, first_id, last_id, next_page: end === undefined && more ? last_id : null };
      return { kind: 'json', body: { data: data.map(show), ...turning } };
    },
  };

  function startAfter(id: string | null): number {
    if (id === null) return 0;
    const index = indexOf(id);
    return index < 0 ? items.length : index + 1;
  }
}

function limitComplaint(limit: number): string | undefined {
  if (!Number.isInteger(limit)) return 'Input should be a valid integer, unable to parse string as an integer';
  if (limit < 1) return 'Input should be greater than or equal to 1';
  return limit > PAGE.most ? `Input should be less than or equal to ${PAGE.most}` : undefined;
}
