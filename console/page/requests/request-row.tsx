import type { RequestLine } from '../../view/lines';
import { hasFailed } from '../../view/series';
import { readTrace } from '../../view/trace';
import { clock, milliseconds, usd } from '../format';
import { inkOf } from '../host-inks';

interface Props {
  readonly line: RequestLine;
  readonly hosts: readonly string[];
  readonly place: number;
  readonly of: number;
  readonly top: number;
  readonly isActive: boolean;
  readonly isChosen: boolean;
  readonly choose: () => void;
}

export function RequestRow({ line, hosts, place, of, top, isActive, isChosen, choose }: Props) {
  const { endedAt, host, model = '', answeredBy, client = '', durationMs, trace, costUsd, outcome } = line;
  const failed = hasFailed(line);
  const classes = ['row', isActive && 'active', failed && 'failed', line.isFailover && 'rescued'].filter(Boolean);
  return (
    <div
      id={`request-${place}`}
      class={classes.join(' ')}
      role="option"
      aria-selected={isChosen}
      aria-setsize={of}
      aria-posinset={place + 1}
      style={{ top: `${top}px` }}
      onClick={choose}
    >
      <span class="when">{clock(endedAt)}</span>
      <span class="host" style={{ '--ink': inkOf(hosts, failed ? undefined : host) }}>
        {failed ? outcome : (host ?? outcome)}
      </span>
      <span>{answeredBy === undefined ? model : `${answeredBy} for ${model}`}</span>
      <span>{client}</span>
      <span class="number">{milliseconds(durationMs)}</span>
      <span class="way">
        {readTrace(trace).map(({ host: asked, word, passedBy }, index) => (
          <i
            key={index}
            class={word === 'ok' ? 'ok' : passedBy === undefined ? 'bad' : 'skipped'}
            style={{ '--ink': inkOf(hosts, asked) }}
          />
        ))}
        {trace}
      </span>
      <span class="number">{costUsd === undefined ? '' : usd(costUsd)}</span>
    </div>
  );
}
