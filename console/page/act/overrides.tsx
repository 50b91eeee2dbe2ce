import type { Act } from '../../source';
import type { LinkNow } from '../../view/now';
import { stretch } from '../format';

const WORDS = { drain: 'drained', drill: 'in a drill', weight: 'weighted' } as const;

interface Props {
  readonly links: readonly LinkNow[];
  readonly at: number;
  readonly ask: (act: Act) => void;
}

/** What operators have said, counting down. */
export function Overrides({ links, at, ask }: Props) {
  const set = links.flatMap(({ host, override }) => (override === undefined ? [] : [{ host, ...override }]));
  return (
    <section class="panel overrides" aria-labelledby="overrides-title">
      <h2 id="overrides-title">
        In force <small>{set.length === 0 ? 'nothing: the chain decides' : 'each ends by itself'}</small>
      </h2>
      <ul>
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
