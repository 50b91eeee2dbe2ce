/** Nothing in it that one parser could read otherwise than another: no user, no backslash, no blank. */
const PLAIN_URL = /^https:\/\/([a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?)(?:[/?#][\x21-\x5b\x5d-\x7e]*)?$/i;

/** The server that a URL leads to, in lower case; undefined where that is not beyond doubt. */
export function mcpServer(url: unknown): string | undefined {
  if (typeof url !== 'string') return undefined;
  return PLAIN_URL.exec(url)?.[1]?.toLowerCase().replace(/:443$/, '');
}

/** `*.example.com` stands for any name below it, and not for itself. */
export function isAllowedServer(server: string | undefined, allowed: readonly string[]): boolean {
  if (server === undefined) return false;
  return allowed.some((name) => {
    const entry = name.toLowerCase();
    return entry.startsWith('*.') ? server.endsWith(entry.slice(1)) : server === entry;
  });
}
