import type { Act } from '../../source';
import type { GatewayNow } from '../../view/now';
import { stretch } from '../format';

const WORDS = { drain: 'drained', drill: 'in a drill', weight: 'weighted' } as const;

interface Props {
  readonly now: GatewayNow;
  readonly ask: (act: Act) => void;
}

/** What operators have said, counting down. */
export function Overrides({ now: { links, region, outUntil, at }, ask }: Props) {
  const set = links.flatMap(({ host, override }) => (override === undefined ? [] : [{ host, ...override }]));
  const isNothing = set.length === 0 && outUntil === undefined;
  return (
    <section class="panel overrides" aria-labelledby="overrides-title">
      <h2 id="overrides-title">
        In force <small>{isNothing ? 'nothing: the chain decides' : 'each ends by itself'}</small>
      </h2>
      <ul>
        {outUntil !== undefined && (
          <li data-action="drain">
            <b>{region}</b> taken out
            <span class="countdown">{stretch(outUntil - at)} left</span>
            <button
              type="button"
              class="small"
              aria-label="Take the region in again"
              onClick={() => ask({ act: 'region-in' })}
            >
              End it …
            </button>
          </li>
        )}
        {set.map(({ host, action, percent, until }) => (
          <li key={host} data-action={action}>
            <b>{host}</b> {WORDS[action]}
            {percent !== undefined && ` to ${percent} %`}
            <span class="countdown">{stretch(until - at)} left</span>
            <button
              type="button"
              class="small"
              aria-label={`End it for ${host}`}
              onClick={() => ask({ act: 'undrain', host })}
            >
              End it …
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
