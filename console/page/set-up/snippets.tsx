import { useState } from 'preact/hooks';
import { snippetsOf } from './snippet-texts';

interface Props {
  readonly url: string;
  readonly models: readonly string[];
  readonly clients: readonly string[];
}

export function Snippets({ url, models, clients }: Props) {
  const [key, setKey] = useState('');
  const [model, setModel] = useState(models[0] ?? '');
  const [copied, setCopied] = useState<string>();
  const copy = async (client: string, text: string): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied(client);
  };
  return (
    <section class="panel snippets" aria-labelledby="snippets-title">
      <h2 id="snippets-title">
        Point a client at it <small class="mono">{url}</small>
      </h2>
      <div class="fields">
        <label>
          Gateway key: stays in this page, and goes nowhere
          <input
            type="password"
            value={key}
            autocomplete="off"
            spellcheck={false}
            placeholder="as an environment variable"
            onInput={(event) => setKey(event.currentTarget.value.trim())}
          />
        </label>
        <label>
          Model
          <select value={model} onChange={(event) => setModel(event.currentTarget.value)}>
            {models.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>
        </label>
      </div>
      {clients.length > 0 && <p class="quiet">Teams with a key: {clients.join(', ')}</p>}
      <ul>
        {snippetsOf(url, model, key).map(({ client, text }) => (
          <li key={client}>
            <div class="head">
              <h3>{client}</h3>
              <button
                type="button"
                class="small"
                aria-label={`Copy for ${client}`}
                onClick={() => void copy(client, text)}
              >
                {copied === client ? 'Copied' : 'Copy'}
              </button>
            </div>
            <pre tabIndex={0} aria-label={client}>
              {key === '' ? text : text.replaceAll(key, '•'.repeat(12))}
            </pre>
          </li>
        ))}
      </ul>
    </section>
  );
}
