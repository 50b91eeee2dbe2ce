import type { JsonObject } from '../../../engine/json';
import { wrong } from './forms';

const DEFAULT = 20;
const MOST = 1000;

interface Page {
  readonly limit: number;
  readonly from: number;
}

export function pageOf(asked: URLSearchParams): Page {
  const limit = asked.get('limit') ?? String(DEFAULT);
  if (!/^\d{1,4}$/.test(limit) || Number(limit) < 1 || Number(limit) > MOST) {
    throw wrong('limit', `a whole number from 1 to ${MOST}`);
  }
  const from = asked.get('page') ?? '0';
  if (!/^\d{1,9}$/.test(from)) throw wrong('page', 'the next_page of an answer');
  return { limit: Number(limit), from: Number(from) };
}

/** What belongs together is never on two pages. */
export function page(groups: readonly (readonly JsonObject[])[], { limit, from }: Page): JsonObject {
  const next = from + limit;
  return { data: groups.slice(from, next).flat(), next_page: next < groups.length ? String(next) : null };
}
