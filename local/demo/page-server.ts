import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { StackDescription } from '../../lib/contract';
import { isRecord } from '../json';
import { openServer } from '../loopback/open-server';
import type { Demo } from './demo';

const PUSH_MS = 500;
const MAX_ACTION_BYTES = 1000;

const FILES: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/': ['index.html', 'text/html'],
  '/demo.css': ['demo.css', 'text/css'],
  '/demo.js': ['demo.js', 'text/javascript'],
  '/cards.js': ['cards.js', 'text/javascript'],
  '/timeline.js': ['timeline.js', 'text/javascript'],
  '/request-table.js': ['request-table.js', 'text/javascript'],
  '/story.js': ['story.js', 'text/javascript'],
};

const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:",
  'x-content-type-options': 'nosniff',
};

export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the page's files from `folder`, pushes the demo's state to it, and takes its actions. Tools read `stack` there. */
export async function startPageServer(
  demo: Demo,
  folder: URL,
  wanted: number,
  stack: StackDescription,
): Promise<PageServer> {
  const pushes = new Set<NodeJS.Timeout>();

  const push = (response: ServerResponse): void => {
    response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' });
    let lastId = 0;
    const send = async (): Promise<void> => {
      const state = await demo.state(lastId);
      lastId = state.lastId;
      response.write(`data: ${JSON.stringify(state)}\n\n`);
    };
    const timer = setInterval(() => void send(), PUSH_MS);
    pushes.add(timer);
    response.once('close', () => {
      clearInterval(timer);
      pushes.delete(timer);
    });
    void send();
  };

  const serve = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = message.url ?? '/';
    const file = FILES[path];
    if (message.method === 'GET' && path === '/events') return push(response);
    if (message.method === 'GET' && path === '/stack.json') {
      const json = { ...HEADERS, 'content-type': 'application/json' };
      return void response.writeHead(200, json).end(JSON.stringify(stack));
    }
    if (message.method === 'GET' && file) {
      const body = await readFile(new URL(file[0], folder));
      return void response.writeHead(200, { ...HEADERS, 'content-type': `${file[1]}; charset=utf-8` }).end(body);
    }
    const isDone = message.method === 'POST' && (await demo.act(path.slice(1), await readAction(message)));
    response.writeHead(isDone ? 204 : 404, HEADERS).end();
  };

  const server = createServer((message, response) => {
    // Other sites' pages may not switch anything, and not read either, whatever name they resolve to this machine.
    const isOurs = message.headers.host === url.slice('http://'.length) || message.headers.host === `localhost:${port}`;
    if (!isOurs || !isOwnPage(message)) return void response.writeHead(403, HEADERS).end();
    serve(message, response).catch(() => response.destroy());
  });
  const { url, port, close } = await openServer(server, wanted);
  return {
    url,
    async close() {
      pushes.forEach(clearInterval);
      await close();
    },
  };
}

/** Browsers ask first before they send JSON to somebody else, and are not allowed to. */
function isOwnPage({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' || headers['content-type'] === 'application/json';
}

async function readAction(message: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  let text = '';
  for await (const chunk of message) {
    text += String(chunk);
    if (text.length > MAX_ACTION_BYTES) throw new Error('too long for an action');
  }
  const values: unknown = JSON.parse(text || '{}');
  return isRecord(values) ? values : {};
}
