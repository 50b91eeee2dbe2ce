import { useState } from 'preact/hooks';
import type { Act } from '../../source';
import type { ViewProps } from '../app';
import { ACTS, type ActKind } from './act-kinds';
import { ActForm } from './act-form';
import { ActPreview } from './act-preview';
import { Overrides } from './overrides';

export function ActView({ welcome, look, again }: ViewProps) {
  const [kind, setKind] = useState<ActKind>(ACTS[0]!);
  const [asked, setAsked] = useState<Act>();
  const hosts = look.now?.links.map(({ host }) => host) ?? [];
  return (
    <>
      <h1 class="title">Act</h1>
      {!welcome.canOperate && (
        <p class="notice">
          This console only looks. Each act shows what it would do; to do it, start it with <code>--operate</code>.
        </p>
      )}
      {look.now && <Overrides now={look.now} ask={setAsked} />}
      <div class="acting">
        <nav class="acts" aria-label="Acts">
          {ACTS.map((each) => (
            <button
              key={each.id}
              type="button"
              aria-pressed={each === kind}
              onClick={() => {
                setKind(each);
                setAsked(undefined);
              }}
            >
              <b>{each.title}</b>
              <small>{each.hint}</small>
            </button>
          ))}
        </nav>
        <div class="panel">
          <ActForm key={kind.id} kind={kind} hosts={hosts} ask={setAsked} />
          {asked && (
            <ActPreview
              key={JSON.stringify(asked)}
              gateway={look.gateway}
              act={asked}
              canOperate={welcome.canOperate}
              done={again}
            />
          )}
        </div>
      </div>
    </>
  );
}
