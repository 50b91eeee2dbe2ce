import { useCallback } from 'preact/hooks';
import type { ViewProps } from '../app';
import { server } from '../server';
import { usePoll } from '../use-poll';
import { Findings } from './findings';
import { Snippets } from './snippets';

export function SetUpView({ look }: ViewProps) {
  const { gateway } = look;
  const ask = useCallback(() => server.setUp(gateway), [gateway]);
  const { value: setUp, problem, again } = usePoll(ask, undefined);
  return (
    <>
      <h1 class="title">Set up</h1>
      {problem !== undefined && (
        <p class="trouble" role="alert">
          {problem}
        </p>
      )}
      {setUp === undefined && problem === undefined && <p class="waiting">Looking …</p>}
      {setUp && (
        <div class="set-up">
          <Snippets url={setUp.url} models={setUp.models} clients={setUp.clients} />
          <div class="checked">
            <Findings problems={setUp.problems} findings={setUp.findings} again={again} />
            <section class="panel" aria-labelledby="config-title">
              <h2 id="config-title">
                Configuration <small>as the router has it, without secrets</small>
              </h2>
              <pre tabIndex={0} aria-labelledby="config-title">
                {JSON.stringify(setUp.config, null, 2)}
              </pre>
            </section>
          </div>
        </div>
      )}
    </>
  );
}
