import { useEffect, useState } from 'preact/hooks';
import type { FaultsNow } from '../../faults';
import { count, milliseconds } from '../format';
import { server } from '../server';
import { usePoll } from '../use-poll';
import { CommitChoice } from './commit-choice';

const KILL = 'refused';

/** The simulated hosts' switches, and what the demo's own client has felt. */
export function BreakPanel({ everyMs }: { readonly everyMs: number }) {
  const polled = usePoll(server.faults, everyMs);
  const [acted, setActed] = useState<FaultsNow>();
  useEffect(() => setActed(undefined), [polled.value]);
  const now = acted ?? polled.value;
  if (now === undefined) return null;
  const act = (action: string, values?: object): void =>
    void server.actOnFaults(action, values).then(setActed, () => polled.again());
  const { hosts, switches, totals, latency, isSimulated, isSteady, pace } = now;
  const broken = hosts.filter(({ fault }) => fault !== null);
  const kill = (): void => {
    if (broken.length === 0) return act('fault', { host: hosts[0]!.name, fault: KILL });
    for (const { name } of broken) act('fault', { host: name, fault: null });
  };
  return (
    <section class="panel breaking" aria-labelledby="break-title">
      <div class="head">
        <h2 id="break-title">
          {isSimulated ? 'Break it' : 'Try it'}{' '}
          <small>
            {isSimulated
              ? 'the hosts are simulated: press a fault, and look what the client feels'
              : 'the hosts are real: each request costs what one short answer costs'}
          </small>
        </h2>
        {isSimulated && (
          <button type="button" class={broken.length > 0 ? 'big calm' : 'big'} onClick={kill}>
            {broken.length > 0 ? 'Heal everything' : 'Kill the primary'}
          </button>
        )}
        {!isSteady && (
          <button type="button" class="big calm" onClick={() => act('send')}>
            Send a request
          </button>
        )}
      </div>
      <dl class="felt">
        <div>
          <dt>requests of the demo’s client</dt>
          <dd class="requests">{count(totals.requests)}</dd>
        </div>
        <div class={totals.failures > 0 ? 'bad' : 'good'}>
          <dt>failures seen by the client</dt>
          <dd>
            <span class="failures">{count(totals.failures)}</span>
            {totals.failures > 0 && (
              <button type="button" class="small" onClick={() => act('reset')}>
                Count anew
              </button>
            )}
          </dd>
        </div>
        <div>
          <dt>rescued by a fallback</dt>
          <dd class="failovers">{count(totals.failovers)}</dd>
        </div>
        <div>
          <dt>{isSimulated ? 'the gateway adds, p50 and p95' : 'whole answer, p50 and p95'}</dt>
          <dd>{latency ? `${milliseconds(latency.p50)}, ${milliseconds(latency.p95)}` : '–'}</dd>
        </div>
      </dl>
      {isSimulated && (
        <div class="switches">
          {hosts.map(({ name, title, detail, canBreak, fault }) => (
            <div
              key={name}
              class={fault === null ? 'of-host' : 'of-host broken'}
              role="group"
              aria-label={`Break ${name}`}
            >
              <div class="which">
                <b>{name}</b>
                <small>
                  {title}, {detail}
                </small>
              </div>
              {canBreak &&
                switches.map(({ id, label }) => (
                  <button
                    key={id}
                    type="button"
                    aria-pressed={fault === id}
                    onClick={() => act('fault', { host: name, fault: fault === id ? null : id })}
                  >
                    {label}
                  </button>
                ))}
            </div>
          ))}
        </div>
      )}
      {isSimulated && <CommitChoice commit={now.commit} pace={pace} choose={(mode) => act('commit', { mode })} />}
    </section>
  );
}
