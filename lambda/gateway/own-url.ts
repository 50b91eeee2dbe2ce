import type { Headers } from '../engine/headers';

/** The gateway's base URL as the client knows it. It may lie in these headers, but only to itself. */
export function ownUrl(headers: Headers): string | undefined {
  const { host } = headers;
  const scheme = headers['x-forwarded-proto']?.split(',')[0]?.trim() ?? 'http';
  const address = `${scheme}://${host}`;
  const url = host !== undefined && URL.canParse(address) ? new URL(address) : null;
  if (!url || !/^https?:$/.test(url.protocol)) return undefined;
  const prefix = headers['x-forwarded-prefix']?.replace(/\/+$/, '') ?? '';
  return url.origin + (/^(\/[\w.~-]+)*$/.test(prefix) ? prefix : '');
}
