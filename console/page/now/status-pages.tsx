/** For people: nothing of them is loaded. */
const PAGES: readonly (readonly [kinds: RegExp, name: string, url: string])[] = [
  [/^(anthropic|claude-platform-aws)$/, 'Anthropic', 'https://status.claude.com'],
  [/^(bedrock|claude-platform-aws)$/, 'AWS Health', 'https://health.aws.amazon.com/health/status'],
  [/^vertex/, 'Google Cloud', 'https://status.cloud.google.com'],
  [/^(foundry|azure-openai)$/, 'Azure', 'https://azure.status.microsoft'],
  [/^openai$/, 'OpenAI', 'https://status.openai.com'],
];

export function StatusPages({ kinds }: { readonly kinds: readonly string[] }) {
  const pages = PAGES.filter(([pattern]) => kinds.some((kind) => pattern.test(kind)));
  return (
    <section class="panel status-pages" aria-labelledby="status-title">
      <h2 id="status-title">
        Vendors’ own word <small>opens elsewhere</small>
      </h2>
      <ul>
        {pages.map(([, name, url]) => (
          <li key={url}>
            <a href={url} target="_blank" rel="noreferrer noopener">
              {name}
              <small>{new URL(url).host}</small>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
