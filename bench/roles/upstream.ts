import { createServer, type ServerResponse } from 'node:http';
import {
  BULK_CHUNK,
  BURST_EVENTS,
  CHAT_WIRE,
  deltaEvent,
  END,
  HEAD,
  MESSAGES_WIRE,
  SHORT_EVENTS,
  SHORT_JSON,
  type Wire,
} from '../answers';
import { listenForParent } from './child';
import { BULK_BYTES, SLOW_BYTES, WORKLOAD_MARK, type Workload } from '../workload';

/** Gateways take turns: one that comes back must not meet connections that are being closed. */
const KEEP_ALIVE_MS = 600_000;
const CHAT_PATH = '/chat/completions';
const PACED_EVENTS = 100;
const PACE_MS = 2;
const STEADY_EVENTS = 50;
const STEADY_MS = 20;
const LONG_EVENTS = 300;
const LONG_MS = 10_000;
const IDLE_MS = 3000;

const ANSWERS: Readonly<Record<Workload, (response: ServerResponse) => void>> = {
  short: (response) => writeAll(response, SHORT_EVENTS),
  first: (response) => writeFirst(response, MESSAGES_WIRE),
  paced: (response) => writePaced(response, PACED_EVENTS, PACE_MS),
  steady: (response) => writePaced(response, STEADY_EVENTS, STEADY_MS),
  long: (response) => writePaced(response, LONG_EVENTS, LONG_MS / LONG_EVENTS),
  idle: (response) => {
    for (const event of [...HEAD, deltaEvent('The')]) response.write(event);
    setTimeout(() => writeAll(response, [deltaEvent(' tide'), ...END]), IDLE_MS);
  },
  burst: (response) => writeAll(response, BURST_EVENTS),
  bulk: (response) => writeBulk(response, BULK_BYTES),
  slow: (response) => writeBulk(response, SLOW_BYTES),
  crowd: (response) => writeBulk(response, BULK_BYTES),
};

/** A host as fast as Node allows: the simulated hosts, which check and break things, would hide the gateway's own cost. */
export function start(): void {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url?.endsWith(CHAT_PATH)) answerChat(response);
      else answer(Buffer.concat(chunks), response);
    });
  });
  listenForParent(server);
}

/** Only ever asked for its first token. */
function answerChat(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-request-id': 'req_bench' });
  writeFirst(response, CHAT_WIRE);
}

function answer(body: Buffer, response: ServerResponse): void {
  if (STREAM.some((text) => body.includes(text))) {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'request-id': 'req_bench' });
    ANSWERS[workloadOf(body)](response);
  } else {
    const headers = { 'content-type': 'application/json', 'content-length': SHORT_JSON.length };
    response.writeHead(200, { ...headers, 'request-id': 'req_bench' });
    response.end(SHORT_JSON);
  }
}

/** As Node prints it, and as Python does. */
const STREAM = ['"stream":true', '"stream": true'];

function workloadOf(body: Buffer): Workload {
  const start = body.indexOf(WORKLOAD_MARK) + WORKLOAD_MARK.length;
  return body.toString('latin1', start, body.indexOf(' ', start)) as Workload;
}

function writeFirst(response: ServerResponse, { head, piece, end }: Wire): void {
  for (const event of [...head, piece('The')]) response.write(event);
  setTimeout(() => writeAll(response, [piece(' tide'), ...end]), PACE_MS);
}

function writePaced(response: ServerResponse, events: number, everyMs: number): void {
  for (const event of HEAD) response.write(event);
  let left = events;
  const timer = setInterval(() => {
    response.write(deltaEvent(`@${process.hrtime.bigint()}@`));
    if (--left > 0) return;
    clearInterval(timer);
    writeAll(response, END);
  }, everyMs);
}

/** Each event in a chunk of its own, as hosts write them. */
function writeAll(response: ServerResponse, events: readonly Uint8Array[]): void {
  for (const event of events) response.write(event);
  response.end();
}

function writeBulk(response: ServerResponse, bytes: number): void {
  let left = bytes;
  for (const event of HEAD) response.write(event);
  const writeMore = (): void => {
    while (left > 0) {
      left -= BULK_CHUNK.length;
      if (!response.write(BULK_CHUNK)) return void response.once('drain', writeMore);
    }
    writeAll(response, END);
  };
  writeMore();
}
