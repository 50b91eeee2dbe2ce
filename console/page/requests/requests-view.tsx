import { useCallback, useMemo, useState } from 'preact/hooks';
import type { Search } from '../../source';
import type { RequestLine } from '../../view/lines';
import type { ViewProps } from '../app';
import { count, usd } from '../format';
import { server } from '../server';
import { usePoll } from '../use-poll';
import { Filters, SPANS, type Wanted } from './filters';
import { RequestList } from './request-list';
import { Waterfall } from './waterfall';

const FIRST: Wanted = { spanMs: SPANS[0][0], isFollowed: false, limit: 500, isTroubled: false };
/** A chosen request is looked for around its end. */
const AROUND_MS = 900_000;

export function RequestsView({ welcome, look }: ViewProps) {
  const [wanted, setWanted] = useState<Wanted>(FIRST);
  const [chosen, setChosen] = useState<RequestLine>();
  const { gateway } = look;
  const ask = useCallback(() => {
    const { spanMs, isFollowed: _, isTroubled, ...rest } = wanted;
    const to = Date.now() + 1;
    const search: Search = { gateway, from: to - spanMs, to, ...(isTroubled && { isTroubled }), ...rest };
    return server.requests(search);
  }, [gateway, wanted]);
  const { value: found, problem, again } = usePoll(ask, wanted.isFollowed ? welcome.everyMs : undefined);
  const lines = found?.lines ?? [];
  const hosts = useMemo(() => look.now?.links.map(({ host }) => host) ?? [], [look.now]);
  return (
    <>
      <h1 class="title">Requests</h1>
      <Filters wanted={wanted} lines={lines} hosts={hosts} change={setWanted} again={again} />
      {problem !== undefined && (
        <p class="trouble" role="alert">
          {problem}
        </p>
      )}
      <p class="found" role="status">
        {found
          ? `${count(lines.length)} found, the newest first${found.hasMore ? '; there are more' : ''}. This look cost ${usd(found.costUsd)}.`
          : 'Looking …'}
        {found?.hasMore && wanted.limit < 100_000 && (
          <button
            type="button"
            class="small"
            onClick={() => setWanted({ ...wanted, limit: Math.min(100_000, wanted.limit * 10) })}
          >
            Show {count(Math.min(100_000, wanted.limit * 10))}
          </button>
        )}
      </p>
      <div class={chosen ? 'requests opened' : 'requests'}>
        <RequestList lines={lines} hosts={hosts} chosen={chosen?.requestId} choose={setChosen} />
        {chosen && (
          <Waterfall
            key={chosen.requestId}
            gateway={gateway}
            requestId={chosen.requestId}
            span={{ from: chosen.endedAt - AROUND_MS, to: chosen.endedAt + AROUND_MS }}
            hosts={hosts}
            close={() => setChosen(undefined)}
          />
        )}
      </div>
    </>
  );
}
