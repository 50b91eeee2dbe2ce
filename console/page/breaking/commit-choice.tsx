import type { FaultsNow } from '../../faults';

const CHOICES = [
  ['complete', 'when complete', 'a stream that is cut in the middle is answered anew by the next host'],
  [
    'first-content',
    'as they come',
    'the default: once content has reached the client, a cut stream ends in a clean error',
  ],
] as const;

interface Props {
  readonly commit: FaultsNow['commit'];
  readonly pace: FaultsNow['pace'];
  readonly choose: (mode: FaultsNow['commit']) => void;
}

/** How the demo's streams are given to its client. */
export function CommitChoice({ commit, pace, choose }: Props) {
  return (
    <div class="commit">
      <fieldset>
        <legend>The client gets its streams</legend>
        {CHOICES.map(([mode, label]) => (
          <label key={mode}>
            <input type="radio" name="commit" checked={commit === mode} onChange={() => choose(mode)} /> {label}
          </label>
        ))}
      </fieldset>
      <small>{CHOICES.find(([mode]) => mode === commit)![2]}</small>
      {pace && (
        <small>
          Shortened here: a host rests {pace.openMs / 1000} s and comes back in steps of {pace.rampStageMs / 1000} s;
          deployed, 10 s and 20 s.
        </small>
      )}
    </div>
  );
}
