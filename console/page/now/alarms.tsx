import type { AlarmNow } from '../../view/now';
import { stretch } from '../format';

export function Alarms({ alarms, at }: { readonly alarms: readonly AlarmNow[]; readonly at: number }) {
  const first = alarms.toSorted((a, b) => Number(b.tells === 'page') - Number(a.tells === 'page') || a.since - b.since);
  return (
    <section class="panel alarms" aria-labelledby="alarms-title">
      <h2 id="alarms-title">
        Alarms <small>{alarms.length === 0 ? 'none is on' : `${alarms.length} on`}</small>
      </h2>
      {first.map(({ id, tells, since, text }, index) => (
        <details key={id} open={index === 0} data-tells={tells}>
          <summary>
            <b>{id}</b> <span class="tells">{tells}</span> <small>for {stretch(at - since)}</small>
          </summary>
          <p>{text}</p>
        </details>
      ))}
      {alarms.length === 0 && <p class="quiet">What they watch, and whom they tell: docs/alarms.md.</p>}
    </section>
  );
}
