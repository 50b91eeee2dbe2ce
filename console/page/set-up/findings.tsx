import type { SetUpView } from '../../source';

const ORDER = ['problem', 'warning', 'ok'];
const MARKS = { problem: '✕', warning: '!', ok: '✓' } as const;

interface Props {
  readonly problems: SetUpView['problems'];
  readonly findings: SetUpView['findings'];
  readonly again: () => void;
}

/** A list to work off, from the top. */
export function Findings({ problems, findings, again }: Props) {
  const all = [
    ...problems.map((detail) => ({
      subject: 'configuration',
      status: 'problem' as const,
      detail,
      remedy: 'Correct it where it is written, and deploy again',
    })),
    ...findings.toSorted((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status)),
  ];
  const open = all.filter(({ status }) => status !== 'ok').length;
  return (
    <section class="panel findings" aria-labelledby="findings-title">
      <div class="head">
        <h2 id="findings-title">
          To do <small>{open === 0 ? 'nothing: all is in order' : `${open} left`}</small>
        </h2>
        <button type="button" class="plain" onClick={again}>
          Check again
        </button>
      </div>
      <ul>
        {all.map(({ subject, status, detail, remedy }, index) => (
          <li key={index} data-status={status}>
            <span class="sign" role="img" aria-label={status}>
              {MARKS[status]}
            </span>
            <div>
              <b>{subject}</b> {detail}
              {remedy !== undefined && <p>{remedy}</p>}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
