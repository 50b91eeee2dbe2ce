import type { TrafficNow } from '../../view/now';
import { count, milliseconds, stretch, usd } from '../format';

export function Figures({ traffic }: { readonly traffic: TrafficNow }) {
  const { minutes, requests, failed, failovers, firstContent, costUsd } = traffic;
  return (
    <div class="figures">
      <h2>
        Clients <small>last {stretch(minutes * 60_000)}</small>
      </h2>
      <dl>
        <div class={failed > 0 ? 'main bad' : 'main good'}>
          <dt>failed for them</dt>
          <dd>{count(failed)}</dd>
        </div>
        <div>
          <dt>requests</dt>
          <dd>{count(requests)}</dd>
        </div>
        <div>
          <dt>answered by a fallback</dt>
          <dd>{count(failovers)}</dd>
        </div>
        {firstContent ? (
          <>
            <div>
              <dt>first content, p50</dt>
              <dd>{milliseconds(firstContent.p50)}</dd>
            </div>
            <div>
              <dt>p95</dt>
              <dd>{milliseconds(firstContent.p95)}</dd>
            </div>
          </>
        ) : (
          <div>
            <dt>first content</dt>
            <dd class="none">{requests > 0 ? 'given whole' : '–'}</dd>
          </div>
        )}
        <div>
          <dt>tokens, list price</dt>
          <dd>{usd(costUsd)}</dd>
        </div>
      </dl>
    </div>
  );
}
