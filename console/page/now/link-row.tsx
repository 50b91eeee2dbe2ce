import type { CheckNow, LinkNow } from '../../view/now';
import { count, percent, stretch } from '../format';
import { stateOf } from './link-state';

const STAGES = [10, 25, 50, 100];

interface Props {
  readonly link: LinkNow;
  readonly place: number;
  readonly at: number;
  readonly ink: string;
  /** The headline is about it. */
  readonly isNamed: boolean;
}

export function LinkRow({ link, place, at, ink, isNamed }: Props) {
  const { host, kind, share, failures, checks, headroom } = link;
  const { look, words, why, stage } = stateOf(link, at);
  const failed = Object.entries(failures).toSorted(([, a], [, b]) => b - a);
  return (
    <li class={isNamed ? 'link named' : 'link'} data-host={host} data-look={look} style={{ '--ink': ink }}>
      <div class="who">
        <b>
          <span class="place">{place}</span>
          {host}
        </b>
        {kind !== host && <small>{kind}</small>}
      </div>
      <div class="state">
        <span class="pill">{words}</span>
        {stage !== undefined && (
          <span class="stages" role="img" aria-label={`stage ${stage} of 100 percent`}>
            {STAGES.map((each) => (
              <i key={each} class={stage >= each ? 'on' : ''} />
            ))}
          </span>
        )}
        {why !== undefined && <small>{why}</small>}
      </div>
      <div class="share">
        <b>{percent(share)}</b>
        <span class="bar">
          <i style={{ '--share': `${share * 100}%` }} />
        </span>
        <small>of the answers</small>
      </div>
      <div class="notes">
        {failed.length === 0 ? (
          <small>no failures</small>
        ) : (
          failed.slice(0, 3).map(([reason, times]) => (
            <span key={reason} class="failure">
              {count(times)} × {reason}
            </span>
          ))
        )}
        <Checks checks={checks} at={at} />
        {headroom !== undefined && (
          <small class={headroom < 100 ? 'short' : ''}>quota {Math.round(headroom)} % of the peak</small>
        )}
      </div>
    </li>
  );
}

/** What the canary saw last, a mark for each form of request. */
function Checks({ checks, at }: { readonly checks: readonly CheckNow[]; readonly at: number }) {
  if (checks.length === 0) return null;
  const bad = checks.filter(({ outcome }) => outcome !== 'ok');
  const words = bad.length === 0 ? 'canary well' : `canary: ${bad[0]!.outcome}`;
  return (
    <span class="checks">
      {checks.map(({ model, shape, outcome, at: seen }) => (
        <i
          key={`${model} ${shape}`}
          class={outcome === 'ok' ? 'ok' : 'bad'}
          title={`${shape} with ${model}: ${outcome}, ${stretch(at - seen)} ago`}
        />
      ))}
      <small>{words}</small>
    </span>
  );
}
