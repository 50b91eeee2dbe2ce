import type { IncomingMessage, ServerResponse } from 'node:http';
import type { QueueConfig } from '../../lib/contract';
import { listen } from '../hosts/host-listener';
import { SimulatedBucket } from './simulated-bucket';
import { SimulatedMessages } from './simulated-messages';

/** What of AWS is broken; `lost`: it does what it is asked, and nobody hears of it. */
export type QueueFault = Readonly<Partial<Record<'s3' | 'sqs', 'down' | 'lost'>>>;

/** S3 and SQS on loopback, and what stands in them. */
export interface SimulatedQueue {
  readonly endpoint: string;
  readonly config: QueueConfig;
  readonly bucket: SimulatedBucket;
  readonly messages: SimulatedMessages;
  setFault(fault?: QueueFault): void;
  close(): Promise<void>;
}

export interface SimulatedQueueOptions extends Partial<QueueConfig> {
  readonly isOrdered?: boolean;
  readonly nowMs?: () => number;
}

const SIGNED = /^AWS4-HMAC-SHA256 Credential=[^/]+\/\d{8}\/[a-z0-9-]+\/(s3|sqs)\/aws4_request, /;
const BUCKET = 'waiting-requests';
const HOUR_MS = 3_600_000;
const VISIBILITY_MS = 900_000;

export async function startRequestQueue(options: SimulatedQueueOptions = {}): Promise<SimulatedQueue> {
  const { isOrdered = false, nowMs = Date.now, ...config } = options;
  const bucket = new SimulatedBucket();
  const messages = new SimulatedMessages(VISIBILITY_MS, nowMs);
  let fault: QueueFault = {};

  const handle = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await read(message);
    const [, service] = SIGNED.exec(message.headers.authorization ?? '') ?? [];
    if (service !== 's3' && service !== 'sqs') return void response.writeHead(403).end('not signed');
    if (fault[service] === 'down') return void response.writeHead(503).end('Slow Down');
    const { status, body: answer } = service === 's3' ? toBucket(message, body) : toQueue(message, body);
    if (fault[service] === 'lost') return void response.destroy();
    response.writeHead(status).end(answer);
  };
  const toBucket = ({ url = '', method = '', headers }: IncomingMessage, body: Buffer) =>
    bucket.perform(method, url.slice(`/${BUCKET}/`.length), headers, body);
  const toQueue = ({ headers }: IncomingMessage, body: Buffer) => {
    const [, operation = ''] = String(headers['x-amz-target']).split('.');
    return { status: 200, body: JSON.stringify(messages.perform(operation, JSON.parse(body.toString()))) };
  };

  const listener = await listen(0, (message, response) => void handle(message, response));
  const endpoint = `http://127.0.0.1:${listener.port}`;
  return {
    endpoint,
    config: {
      url: `${endpoint}/123456789012/requests${isOrdered ? '.fifo' : ''}`,
      bucket: BUCKET,
      deadlineMs: 6 * HOUR_MS,
      keepMs: 24 * HOUR_MS,
      ...config,
    },
    bucket,
    messages,
    setFault: (next = {}) => void (fault = next),
    close: listener.shut,
  };
}

async function read(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
}
