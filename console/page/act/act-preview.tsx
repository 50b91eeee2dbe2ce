import { useCallback, useState } from 'preact/hooks';
import type { Act } from '../../source';
import { dayClock } from '../format';
import { server } from '../server';
import { usePoll } from '../use-poll';

interface Props {
  readonly gateway: string;
  readonly act: Act;
  readonly canOperate: boolean;
  readonly done: () => void;
}

/** What it will do, for how long, who may, and what is kept of it; then the button. */
export function ActPreview({ gateway, act, canOperate, done }: Props) {
  const ask = useCallback(() => server.preview(gateway, act), [gateway, act]);
  const { value: preview, problem } = usePoll(ask, undefined);
  const [outcome, setOutcome] = useState<{ readonly text: string; readonly isBad: boolean }>();
  const [isBusy, setIsBusy] = useState(false);
  const perform = async (): Promise<void> => {
    setIsBusy(true);
    try {
      setOutcome({ text: (await server.perform(gateway, act)).done, isBad: false });
      done();
    } catch (error) {
      setOutcome({ text: error instanceof Error ? error.message : String(error), isBad: true });
    }
    setIsBusy(false);
  };
  if (problem !== undefined) return <p class="trouble">{problem}</p>;
  if (preview === undefined) return <p class="waiting">Looking …</p>;
  const { does, until, needs, isAudited, refusal } = preview;
  return (
    <section class="preview" aria-label="What it will do">
      <p class="does">{does}.</p>
      <dl>
        <div>
          <dt>until</dt>
          <dd>{until === undefined ? 'it is taken back' : `${dayClock(until)}; it ends by itself`}</dd>
        </div>
        <div>
          <dt>it needs</dt>
          <dd>{needs}</dd>
        </div>
        <div>
          <dt>kept of it</dt>
          <dd>{isAudited ? 'a record in the audit trail, written first' : 'nothing: there is no audit trail here'}</dd>
        </div>
      </dl>
      {refusal !== undefined && <p class="notice">{refusal}</p>}
      {refusal === undefined && outcome === undefined && (
        <button type="button" class="plain go" disabled={!canOperate || isBusy} onClick={() => void perform()}>
          {canOperate ? 'Do it' : 'Read-only'}
        </button>
      )}
      <div role="status">{outcome && <p class={outcome.isBad ? 'trouble' : 'done'}>{outcome.text}</p>}</div>
    </section>
  );
}
