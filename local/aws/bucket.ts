import type { IncomingMessage, ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { listen } from '../hosts/host-listener';

/** A bucket on loopback that speaks the few words of S3's wire that are needed here, and breaks as told. */
export interface SimulatedBucket {
  readonly name: string;
  readonly endpoint: string;
  /** What is in it, by key. */
  readonly objects: ReadonlyMap<string, string>;
  /** As a service of the cloud's own would. */
  put(key: string, text: string): void;
  /** Decides before each operation whether it fails. */
  breakBy(breaks: ((method: string, key: string) => boolean) | undefined): void;
  close(): Promise<void>;
}

const SIGNED = /^AWS4-HMAC-SHA256 Credential=[^/]+\/\d{8}\/[a-z0-9-]+\/s3\/aws4_request, /;
/** Real pages are a thousand; these are short, so that readers are seen to turn them. */
const PAGE = 10;

export async function startBucket(name: string): Promise<SimulatedBucket> {
  const objects = new Map<string, string>();
  let breaks: ((method: string, key: string) => boolean) | undefined;

  const answer = async (message: IncomingMessage): Promise<[status: number, body: string]> => {
    const text = await readText(message);
    const url = new URL(message.url ?? '/', 'http://bucket');
    const [, bucket, ...rest] = url.pathname.split('/');
    const key = rest.join('/');
    const { method = '' } = message;
    if (!SIGNED.test(message.headers.authorization ?? '')) return error(403, 'AccessDenied');
    if (breaks?.(method, key)) return error(503, 'SlowDown');
    if (bucket !== name) return error(404, 'NoSuchBucket');
    if (method === 'PUT') {
      objects.set(key, text);
      return [200, ''];
    }
    if (method === 'DELETE') {
      objects.delete(key);
      return [204, ''];
    }
    if (method !== 'GET') return error(405, 'MethodNotAllowed');
    if (url.searchParams.get('list-type') === '2') return [200, listing(url.searchParams)];
    const found = objects.get(key);
    return found === undefined ? error(404, 'NoSuchKey') : [200, found];
  };

  const listing = (query: URLSearchParams): string => {
    const after = query.get('continuation-token') ?? '';
    const keys = [...objects.keys()].filter((key) => key.startsWith(query.get('prefix') ?? '') && key > after).sort();
    const page = keys.slice(0, PAGE);
    const isCut = keys.length > page.length;
    const contents = page.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('');
    const next = isCut ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : '';
    return `<?xml version="1.0"?><ListBucketResult><IsTruncated>${isCut}</IsTruncated>${contents}${next}</ListBucketResult>`;
  };

  const handle = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [status, body] = await answer(message);
    response.writeHead(status, { 'content-type': 'application/xml' }).end(body);
  };

  const listener = await listen(0, (message, response) => void handle(message, response));
  return {
    name,
    endpoint: `http://127.0.0.1:${listener.port}`,
    objects,
    put: (key, text) => void objects.set(key, text),
    breakBy: (next) => void (breaks = next),
    close: listener.shut,
  };
}

const error = (status: number, code: string): [number, string] => [
  status,
  `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`,
];
