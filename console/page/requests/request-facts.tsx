import type { RequestLine } from '../../view/lines';
import { count, milliseconds, usd } from '../format';

/** What stands in the line of a request: nothing that anybody has said, and no key. */
export function RequestFacts({ request }: { readonly request: RequestLine }) {
  const { endpoint, client, model, answeredBy, stream, outcome, firstContentMs, stopReason, tokens, cacheHitRate } =
    request;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['outcome', outcome],
    ['who pays', client ?? 'no team'],
    ['cost at list price', request.costUsd === undefined ? undefined : usd(request.costUsd)],
    ['tokens', tokens === undefined ? undefined : count(tokens)],
    ['prompt from the cache', cacheHitRate === undefined ? undefined : `${Math.round(cacheHitRate)} %`],
    ['response cache', request.cache],
    ['asked for', `${model ?? ''}${stream ? ', as a stream' : ''}`],
    ['answered with', answeredBy],
    ['first content', firstContentMs === undefined ? undefined : milliseconds(firstContentMs)],
    ['stopped because', stopReason],
    ['dropped on the way', request.dropped.length === 0 ? 'nothing' : request.dropped.join(', ')],
    ['endpoint', endpoint],
    ['one of', request.weight === 1 ? undefined : `${count(request.weight)} like it: lines are sampled`],
  ];
  return (
    <dl class="facts">
      {facts.map(([name, value]) =>
        value === undefined ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
