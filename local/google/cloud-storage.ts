import type { IncomingMessage, ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import type { SimulatedBucket } from '../aws/bucket';
import { listen } from '../hosts/host-listener';

const TOKEN = /^Bearer ya29\./;
/** Real pages are a thousand; these are short, so that readers are seen to turn them. */
const PAGE = 2;
const UPLOAD = /^\/upload\/storage\/v1\/b\/([^/]+)\/o$/;
const OBJECT = /^\/storage\/v1\/b\/([^/]+)\/o(?:\/(.+))?$/;

type Answer = readonly [status: number, body: string | object];

/** A bucket of Cloud Storage on loopback, as far as its JSON API is needed here, which breaks as told. */
export async function startCloudStorage(name: string): Promise<SimulatedBucket> {
  const objects = new Map<string, string>();
  let breaks: ((method: string, key: string) => boolean) | undefined;

  const answer = async (message: IncomingMessage): Promise<Answer> => {
    const text = await readText(message);
    const url = new URL(message.url ?? '/', 'http://storage');
    const { method = '' } = message;
    if (!TOKEN.test(message.headers.authorization ?? '')) return failure(401, 'Invalid Credentials');
    const isUpload = UPLOAD.test(url.pathname);
    const [, bucket, encoded] = (isUpload ? UPLOAD : OBJECT).exec(url.pathname) ?? [];
    const key = isUpload ? (url.searchParams.get('name') ?? '') : decodeURIComponent(encoded ?? '');
    if (breaks?.(method, key)) return failure(503, 'We encountered an internal error. Please try again.');
    if (bucket !== name) return failure(404, 'The specified bucket does not exist.');
    if (isUpload) {
      objects.set(key, text);
      return [200, { kind: 'storage#object', name: key, bucket }];
    }
    if (key === '') return [200, listing(url.searchParams)];
    const found = objects.get(key);
    if (found === undefined) return failure(404, `No such object: ${bucket}/${key}`);
    if (method === 'DELETE') return [204, (objects.delete(key), '')];
    return [200, url.searchParams.get('alt') === 'media' ? found : { kind: 'storage#object', name: key, bucket }];
  };

  const listing = (query: URLSearchParams): object => {
    const after = query.get('pageToken') ?? '';
    const keys = [...objects.keys()].filter((key) => key.startsWith(query.get('prefix') ?? '') && key > after).sort();
    const page = keys.slice(0, PAGE);
    return {
      kind: 'storage#objects',
      ...(page.length > 0 && { items: page.map((key) => ({ kind: 'storage#object', name: key, bucket: name })) }),
      ...(keys.length > page.length && { nextPageToken: page.at(-1) }),
    };
  };

  const handle = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [status, body] = await answer(message);
    response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
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

const failure = (code: number, message: string): Answer => [code, { error: { code, message, errors: [] } }];
