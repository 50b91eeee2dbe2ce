import type { RequestLine } from '../../view/lines';

/** What is looked for, as the form has it. */
export interface Wanted {
  readonly spanMs: number;
  readonly isFollowed: boolean;
  readonly isTroubled: boolean;
  readonly limit: number;
  readonly client?: string;
  readonly model?: string;
  readonly host?: string;
  readonly outcome?: string;
  readonly requestId?: string;
}

export const SPANS = [
  [900_000, '15 minutes'],
  [3_600_000, 'hour'],
  [86_400_000, 'day'],
  [604_800_000, 'week'],
] as const;
const OUTCOMES = ['answered', 'died', 'returned', 'exhausted', 'client-gone'];

interface Props {
  readonly wanted: Wanted;
  readonly lines: readonly RequestLine[];
  readonly hosts: readonly string[];
  readonly change: (wanted: Wanted) => void;
  readonly again: () => void;
}

const distinct = (names: readonly (string | undefined)[]): string[] =>
  [...new Set(names)].filter((name) => name !== undefined).toSorted();

export function Filters({ wanted, lines, hosts, change, again }: Props) {
  const set = (own: Partial<Wanted>): void => change({ ...wanted, ...own });
  const choices: readonly (readonly [keyof Wanted, string, readonly string[]])[] = [
    ['host', 'Host', hosts],
    ['model', 'Model', distinct([wanted.model, ...lines.map(({ model }) => model)])],
    ['client', 'Team', distinct([wanted.client, ...lines.map(({ client }) => client)])],
    ['outcome', 'Outcome', OUTCOMES],
  ];
  return (
    <form
      class="filters"
      onSubmit={(event) => {
        event.preventDefault();
        again();
      }}
    >
      <label>
        Last
        <select value={wanted.spanMs} onChange={(event) => set({ spanMs: Number(event.currentTarget.value) })}>
          {SPANS.map(([ms, label]) => (
            <option key={ms} value={ms}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {choices.map(([name, label, all]) => (
        <label key={name}>
          {label}
          <select
            value={String(wanted[name] ?? '')}
            onChange={(event) => set({ [name]: event.currentTarget.value || undefined })}
          >
            <option value="">any</option>
            {all.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>
        </label>
      ))}
      <label>
        Request id
        <input
          type="search"
          value={wanted.requestId ?? ''}
          autocomplete="off"
          spellcheck={false}
          onChange={(event) => set({ requestId: event.currentTarget.value.trim() || undefined })}
        />
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={wanted.isTroubled}
          onChange={(event) => set({ isTroubled: event.currentTarget.checked })}
        />
        rescued or failed only
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={wanted.isFollowed}
          onChange={(event) => set({ isFollowed: event.currentTarget.checked })}
        />
        follow
      </label>
      <button type="submit" class="plain">
        Look again
      </button>
    </form>
  );
}
