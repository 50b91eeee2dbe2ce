import type { Headline } from '../../view/headline';

const LEVELS: Readonly<Record<Headline['level'], string>> = {
  down: 'Clients feel it',
  rescued: 'Rescued',
  look: 'Worth a look',
  well: 'All is well',
};

/** The one sentence for whoever has just been woken. */
export function Banner({ headline }: { readonly headline: Headline }) {
  const { level, text, remedy, hosts } = headline;
  return (
    <section class="banner" data-level={level} aria-label="How it stands">
      <div role="status">
        <p class="level">{LEVELS[level]}</p>
        <h1>{emphasised(text, hosts)}</h1>
      </div>
      {remedy !== undefined && <p class="remedy">{withCode(remedy)}</p>}
    </section>
  );
}

/** Hosts stand out of the sentence. */
function emphasised(text: string, hosts: readonly string[]) {
  const names = hosts.filter((host) => text.includes(host));
  if (names.length === 0) return text;
  const pattern = new RegExp(`(${names.map((name) => name.replace(/[^\w-]/g, '\\$&')).join('|')})`);
  return text.split(pattern).map((part, index) => (index % 2 === 1 ? <em key={index}>{part}</em> : part));
}

/** Commands of the remedy are there to be copied. */
function withCode(remedy: string) {
  return remedy
    .split(/((?:aws|npx|gcloud) [^;,()]+)/)
    .map((part, index) => (index % 2 === 1 ? <code key={index}>{part.trim()}</code> : part));
}
