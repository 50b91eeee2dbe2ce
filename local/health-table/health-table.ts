import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { listen } from '../hosts/host-listener';
import { createOperations, TableError } from './table-operations';

/** `hang`: no answer ever. `throttled`: more requests than the table takes. */
export type TableFault = 'refused' | 'hang' | 'throttled' | 'server-error';

/** A table on loopback that speaks DynamoDB's wire, and breaks as told. */
export interface SimulatedTable {
  readonly name: string;
  readonly endpoint: string;
  /** Operations it was asked for, oldest first. */
  readonly asked: readonly string[];
  setFault(fault?: TableFault): Promise<void>;
  /** How long it takes to answer. */
  setDelay(ms: number): void;
  close(): Promise<void>;
}

const JSON_1_0 = 'application/x-amz-json-1.0';
const SIGNED = /^AWS4-HMAC-SHA256 Credential=[^/]+\/\d{8}\/[a-z0-9-]+\/dynamodb\/aws4_request, /;
const MOST_ASKED = 1000;
const FAULTS: Readonly<Partial<Record<TableFault, TableError>>> = {
  throttled: new TableError(
    'ProvisionedThroughputExceededException',
    'The level of configured provisioned throughput for the table was exceeded.',
  ),
  'server-error': new TableError('InternalServerError', 'Internal server error', 500),
};

export async function startHealthTable(name: string, nowMs: () => number = Date.now): Promise<SimulatedTable> {
  const operations = createOperations(name, nowMs);
  const asked: string[] = [];
  let fault: TableFault | undefined;
  let delayMs = 0;

  const answer = async (message: IncomingMessage): Promise<object> => {
    const body = await readJson(message);
    const broken = fault && FAULTS[fault];
    if (broken) throw broken;
    const [api, operation = ''] = String(message.headers['x-amz-target']).split('.');
    const perform = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
    if (api !== 'DynamoDB_20120810' || message.headers['content-type'] !== JSON_1_0 || perform === undefined) {
      throw new TableError('UnknownOperationException', 'An unknown operation was requested.');
    }
    if (!SIGNED.test(message.headers.authorization ?? '')) {
      throw new TableError('MissingAuthenticationTokenException', 'Request must contain a valid signature.');
    }
    asked.push(operation);
    if (asked.length > MOST_ASKED) asked.shift();
    return perform(body);
  };

  const handle = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (fault === 'hang') return;
    if (delayMs > 0) await sleep(delayMs);
    try {
      reply(response, 200, await answer(message));
    } catch (error) {
      const { type, message: text, status } = error instanceof TableError ? error : INVALID;
      reply(response, status, { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: text });
    }
  };

  const listener = await listen(0, (message, response) => void handle(message, response));
  return {
    name,
    endpoint: `http://127.0.0.1:${listener.port}`,
    asked,
    async setFault(next) {
      fault = next;
      await (next === 'refused' ? listener.shut() : listener.open());
    },
    setDelay: (ms) => void (delayMs = ms),
    close: listener.shut,
  };
}

const INVALID = new TableError('SerializationException', 'The request is not JSON.');

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': JSON_1_0 }).end(JSON.stringify(body));
}

async function readJson(message: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of message as AsyncIterable<Buffer>) parts.push(part);
  return JSON.parse(Buffer.concat(parts).toString());
}
