import type { Search } from '../source';
import type { RequestLine } from './lines';
import { hasFailed } from './series';
import { readTrace } from './trace';

/** What of a search concerns a single line; every field that is given has to match. */
type Wanted = Omit<Search, 'gateway' | 'limit'>;

export function isWanted(line: RequestLine, wanted: Wanted): boolean {
  const { endedAt, client, model, outcome, requestId } = line;
  return (
    endedAt >= wanted.from &&
    endedAt < wanted.to &&
    (wanted.client === undefined || client === wanted.client) &&
    (wanted.model === undefined || model === wanted.model) &&
    (wanted.outcome === undefined || outcome === wanted.outcome) &&
    (wanted.requestId === undefined || requestId === wanted.requestId) &&
    (wanted.host === undefined || wasAsked(line, wanted.host)) &&
    (wanted.isTroubled !== true || line.isFailover || hasFailed(line))
  );
}

const wasAsked = ({ host, trace }: RequestLine, wanted: string): boolean =>
  host === wanted || readTrace(trace).some((step) => step.host === wanted && step.passedBy === undefined);
