import type { Found, Search, Span } from '../../../console/source';
import { type Journey, journeyOf } from '../../../console/view/journey';
import { type AttemptLine, readLine, type RequestLine } from '../../../console/view/lines';
import { isWanted } from '../../../console/view/search';
import type { RouterLog } from './log';
import { journeyQuery, MOST_ROWS, searchQuery } from './queries';

const MINUTE_MS = 60_000;
/** Whose way may be asked for next. */
const REMEMBERED = 20_000;

/** Requests in the router's log. */
export function createLines(log: RouterLog) {
  /** So that the way of a request that was found is not looked for in all of the time that it was found in. */
  const seen = new Map<string, Span>();
  const remember = ({ requestId, endedAt, durationMs }: RequestLine): void => {
    if (seen.size >= REMEMBERED) seen.clear();
    seen.set(requestId, { from: endedAt - durationMs - MINUTE_MS, to: endedAt + MINUTE_MS });
  };
  return {
    async search(search: Search): Promise<Found> {
      const most = Math.min(search.limit + 1, MOST_ROWS);
      const { rows, costUsd } = await log.look(searchQuery(search, most), search);
      const lines = requestsIn(rows).filter((line) => isWanted(line, search));
      lines.forEach(remember);
      const { limit } = search;
      return { lines: lines.slice(0, limit), hasMore: rows.length >= most || lines.length > limit, costUsd };
    },
    async journey(requestId: string, span: Span): Promise<Journey | undefined> {
      const { rows } = await log.look(journeyQuery(requestId), seen.get(requestId) ?? span);
      const [request] = requestsIn(rows);
      const attempts = linesIn(rows).filter((line): line is AttemptLine => line.kind === 'attempt');
      return request && journeyOf(request, attempts);
    },
  };
}

type Rows = readonly Readonly<Record<string, string>>[];

const linesIn = (rows: Rows): (RequestLine | AttemptLine)[] =>
  rows.flatMap((row) => readLine(row['@message'] ?? '') ?? []);
export const requestsIn = (rows: Rows): RequestLine[] =>
  linesIn(rows).filter((line): line is RequestLine => line.kind === 'request');
