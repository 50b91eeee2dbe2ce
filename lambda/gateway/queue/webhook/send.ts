import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { request } from 'node:https';
import type { Headers } from '../../../engine/headers';
import { isPublicAddress } from './public-address';

/** The network as it is; a test has its own. */
export interface Network {
  resolve(host: string): Promise<readonly LookupAddress[]>;
  isPublic(address: string): boolean;
  /** Authority that certificates may be from, beside the known ones. @default - none */
  readonly ca?: string;
}

export const INTERNET: Network = { resolve: (host) => lookup(host, { all: true }), isPublic: isPublicAddress };

/** From the first look for the host's address to the status of its answer. */
const TIMEOUT_MS = 10_000;

/**
 * The status that a POST is answered with. Its host is looked up once, and every address of it must be public; the connection goes to the
 * one that was looked at, so that no later look can lead elsewhere. A redirect is an answer like others, and no byte of a body is read.
 */
export async function send(
  url: URL,
  headers: Headers,
  body: string,
  network: Network,
  timeoutMs = TIMEOUT_MS,
): Promise<number> {
  const signal = AbortSignal.timeout(timeoutMs);
  const addresses = await unlessAborted(network.resolve(url.hostname), signal);
  const [pinned] = addresses;
  if (pinned === undefined || !addresses.every(({ address }) => network.isPublic(address))) {
    throw new Error('its host has an address that is not public');
  }
  return post(url, headers, body, pinned, { signal, ca: network.ca });
}

function post(
  url: URL,
  headers: Headers,
  body: string,
  pinned: LookupAddress,
  { signal, ca }: { readonly signal: AbortSignal; readonly ca: string | undefined },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
        // A connection of another address would be one that nobody has looked at.
        agent: false,
        lookup: (_host, { all }, found) => (all ? found(null, [pinned]) : found(null, pinned.address, pinned.family)),
        signal,
        ...(ca !== undefined && { ca }),
      },
      (incoming) => {
        incoming.destroy();
        resolve(incoming.statusCode ?? 0);
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Nobody can stop a look for an address; it need not be waited for. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('its host is not found in time')), { once: true });
    work.then(resolve, reject);
  });
}
