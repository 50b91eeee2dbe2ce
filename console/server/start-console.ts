import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { openServer } from '../../local/loopback/open-server';
import { errorText } from '../../lambda/runtime/error-text';
import { API } from '../api';
import type { Faults } from '../faults';
import type { Source } from '../source';
import { createApi, Forbidden } from './api';
import { readAssets } from './assets';
import { createGuard } from './guard';
import { InputError } from './input';

export interface ConsoleOptions {
  readonly sources: readonly Source[];
  /** Whether acts are done, and not only shown. */
  readonly canOperate: boolean;
  /** 0 is any that is free. */
  readonly port: number;
  /** Where the built page is. */
  readonly page: URL;
  /** How often a page that is seen looks again. */
  readonly everyMs: number;
  readonly faults?: Faults;
  /** JSON that tools on this machine read without the token, by path. */
  readonly files?: Readonly<Record<string, unknown>>;
}

export interface OpenConsole {
  /** With the token, for the operator's own browser. */
  readonly url: string;
  readonly origin: string;
  readonly token: string;
  close(): Promise<void>;
}

const MOST_BYTES = 10_000;
const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "form-action 'none'",
].join('; ');
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': CSP,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** The console, for this machine alone. */
export async function startConsole(options: ConsoleOptions): Promise<OpenConsole> {
  const { sources, canOperate, everyMs, faults, files = {} } = options;
  const assets = await readAssets(options.page);
  const api = createApi({ sources, canOperate, everyMs, faults });
  const token = randomBytes(24).toString('base64url');

  const serve = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = placeOf(origin, message.url);
    const refusal = guard(message, pathname);
    if (refusal) return answer(response, refusal.status, { problem: refusal.problem });
    if (!pathname.startsWith(`${API}/`)) {
      const asset = assets.get(pathname);
      if (asset) return send(response, 200, asset.type, asset.body);
      if (Object.hasOwn(files, pathname)) return answer(response, 200, files[pathname]);
      return answer(response, 404, { problem: 'there is nothing here' });
    }
    const name = `${message.method} ${pathname.slice(API.length + 1)}`;
    const handle = Object.hasOwn(api, name) ? api[name] : undefined;
    if (handle === undefined) return answer(response, 404, { problem: `${name}: there is nothing here` });
    const values = message.method === 'GET' ? Object.fromEntries(searchParams) : await readValues(message);
    const found = await handle(values);
    if (typeof found === 'string') return send(response, 200, 'text/html; charset=utf-8', found);
    return found === undefined
      ? answer(response, 404, { problem: 'nothing of it is kept' })
      : answer(response, 200, found);
  };

  const server = createServer((message, response) => {
    serve(message, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else answer(response, statusOf(error), { problem: errorText(error) });
    });
  });
  const { url: origin, port, close } = await openServer(server, options.port);
  const guard = createGuard(port, token);
  return { url: `${origin}/#${token}`, origin, token, close };
}

/** Put behind the origin and not resolved against it, so that no question names another one. */
function placeOf(origin: string, asked = '/'): URL {
  const address = `${origin}${asked}`;
  if (!asked.startsWith('/') || !URL.canParse(address)) throw new InputError('the question: it has no path');
  return new URL(address);
}

const statusOf = (error: unknown): number =>
  error instanceof InputError ? 400 : error instanceof Forbidden ? 403 : 502;

function answer(response: ServerResponse, status: number, body: unknown): void {
  send(response, status, 'application/json', JSON.stringify(body));
}

function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, { ...HEADERS, 'content-type': type }).end(body);
}

async function readValues(message: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  let text = '';
  for await (const chunk of message) {
    text += String(chunk);
    if (text.length > MOST_BYTES) throw new InputError(`the question: at most ${MOST_BYTES} bytes`);
  }
  try {
    const values: unknown = JSON.parse(text);
    if (typeof values === 'object' && values !== null && !Array.isArray(values)) return { ...values };
  } catch {
    // Said below.
  }
  throw new InputError('the question: it has to be a JSON object');
}
