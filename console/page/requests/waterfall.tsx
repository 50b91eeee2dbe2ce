import { useCallback, useEffect, useRef } from 'preact/hooks';
import type { RuledStep } from '../../api';
import type { Span } from '../../source';
import { dayClock, milliseconds } from '../format';
import { inkOf } from '../host-inks';
import { server } from '../server';
import { usePoll } from '../use-poll';
import { RequestFacts } from './request-facts';

interface Props {
  readonly gateway: string;
  readonly requestId: string;
  readonly span: Span;
  readonly hosts: readonly string[];
  readonly close: () => void;
}

/** One request's way through its chain, on its own clock. */
export function Waterfall({ gateway, requestId, span, hosts, close }: Props) {
  const { from, to } = span;
  const ask = useCallback(() => server.journey(gateway, requestId, { from, to }), [gateway, requestId, from, to]);
  const { value: journey, problem } = usePoll(ask, undefined);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section
      class="panel waterfall"
      aria-labelledby="waterfall-title"
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <div class="head">
        <h2 id="waterfall-title" ref={heading} tabIndex={-1}>
          <span class="mono">{requestId}</span>
        </h2>
        <button type="button" class="plain" onClick={close}>
          Close
        </button>
      </div>
      {problem !== undefined && <p class="trouble">{problem}</p>}
      {journey && (
        <>
          <p class="summary">
            {dayClock(journey.request.endedAt)}, {milliseconds(journey.request.durationMs)} in all
          </p>
          <ol class="steps">
            {journey.steps.map((step, index) => (
              <Step
                key={index}
                step={step}
                place={index + 1}
                wholeMs={Math.max(1, journey.request.durationMs)}
                ink={inkOf(hosts, step.host)}
              />
            ))}
          </ol>
          {journey.skipped.length > 0 && (
            <>
              <h3>Not asked</h3>
              <ul class="skipped">
                {journey.skipped.map(({ host, why }, index) => (
                  <li key={index}>
                    <b>{host}</b> {why}
                  </li>
                ))}
              </ul>
            </>
          )}
          <RequestFacts request={journey.request} />
        </>
      )}
    </section>
  );
}

interface StepProps {
  readonly step: RuledStep;
  readonly place: number;
  readonly wholeMs: number;
  readonly ink: string;
}

function Step({ step, place, wholeMs, ink }: StepProps) {
  const { host, model, outcome, startMs, endMs, status, detail, hostRequestId, ruling } = step;
  const share = (ms: number): string => `${Math.min(100, (ms / wholeMs) * 100)}%`;
  const said = [status !== undefined && `status ${status}`, detail, ruling].filter(Boolean).join('; ');
  return (
    <li class={outcome === 'ok' ? 'ok' : 'bad'} style={{ '--ink': ink }}>
      <div class="line">
        <b>
          <span class="place">{place}</span> {host}
        </b>
        <span class="verdict">{outcome === 'ok' ? 'answered' : outcome}</span>
        <span class="took">{milliseconds(endMs - startMs)}</span>
      </div>
      <div class="track">
        <i style={{ '--start': share(startMs), '--wide': share(Math.max(endMs - startMs, wholeMs / 150)) }} />
      </div>
      {said !== '' && <p class="said">{said}</p>}
      <p class="ids">
        {model}
        {hostRequestId !== undefined && (
          <>
            {' · '}
            <span class="mono">{hostRequestId}</span>
          </>
        )}
      </p>
    </li>
  );
}
