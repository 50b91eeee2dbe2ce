import { useState } from 'preact/hooks';
import type { Act } from '../../source';
import type { ActField, ActKind, Given } from './act-kinds';

const PERIODS = ['daily', 'weekly', 'monthly'];
const LIMITS: Readonly<
  Partial<Record<ActField['name'], { readonly min: number; readonly max?: number; readonly step?: string }>>
> = {
  minutes: { min: 1, max: 10_080 },
  percent: { min: 0, max: 100 },
  usd: { min: 0, step: 'any' },
};

interface Props {
  readonly kind: ActKind;
  readonly hosts: readonly string[];
  readonly ask: (act: Act) => void;
}

/** Nothing is done before it has been shown what it will do. */
export function ActForm({ kind, hosts, ask }: Props) {
  const [given, setGiven] = useState<Given>(() =>
    Object.fromEntries(
      kind.fields.map(({ name, initial = '' }) => [name, name === 'host' ? (hosts[0] ?? '') : initial]),
    ),
  );
  return (
    <form
      class="act-form"
      onSubmit={(event) => {
        event.preventDefault();
        ask(kind.act(given));
      }}
    >
      <h2>
        {kind.title} <small>{kind.hint}</small>
      </h2>
      <div class="fields">
        {kind.fields.map((field) => (
          <Field
            key={field.name}
            field={field}
            value={given[field.name] ?? ''}
            choices={field.name === 'host' ? hosts : field.name === 'period' ? PERIODS : undefined}
            change={(value) => setGiven({ ...given, [field.name]: value })}
          />
        ))}
        <button type="submit" class="plain">
          Show what it will do
        </button>
      </div>
    </form>
  );
}

interface FieldProps {
  readonly field: ActField;
  readonly value: string;
  readonly choices: readonly string[] | undefined;
  readonly change: (value: string) => void;
}

function Field({ field: { name, label }, value, choices, change }: FieldProps) {
  return (
    <label>
      {label}
      {choices ? (
        <select value={value} onChange={(event) => change(event.currentTarget.value)}>
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </select>
      ) : (
        <Input value={value} isRequired={name !== 'usd'} limits={LIMITS[name]} change={change} />
      )}
    </label>
  );
}

interface InputProps {
  readonly value: string;
  readonly isRequired: boolean;
  readonly limits: { readonly min: number; readonly max?: number; readonly step?: string } | undefined;
  readonly change: (value: string) => void;
}

function Input({ value, isRequired, limits, change }: InputProps) {
  const common = {
    value,
    required: isRequired,
    autocomplete: 'off',
    onInput: (event: { readonly currentTarget: HTMLInputElement }) => change(event.currentTarget.value),
  };
  return limits ? <input type="number" {...limits} {...common} /> : <input {...common} />;
}
