import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../lambda/engine/time/clock';
import { systemClock } from '../../lambda/runtime/system-clock';
import type { HostKind } from '../../lib/contract';
import { freshId } from './answers/answer-id';
import { createAnswerWriter, type AnswerWriter } from './answers/answer-writer';
import { createChatWire } from './wires/chat-wire';
import { createAnthropicWire } from './wires/anthropic-wire';
import { createBedrockWire } from './wires/bedrock-wire';
import { renderError, type ErrorSpec } from './faults/error-spec';
import { ERROR_TABLE } from './faults/error-table';
import type { Fault } from './faults/fault';
import { createFaultSwitch } from './faults/fault-switch';
import type { AwsSide } from './aws/aws-side';
import type { GoogleSide } from './google/google-side';
import { listen } from './host-listener';
import type { JobsSide } from './jobs/jobs-side';
import { OWN_HEADERS } from './answers/own-headers';
import { modelOf, readRequest, takeApart, type RecordedRequest, type SimRequest } from './requests/recorded-request';
import { createRequestRing } from './requests/request-ring';
import { sabotage, type Sabotage } from './faults/sabotage';
import { createVertexWire } from './wires/vertex-wire';
import type { AccountOptions, AccountReply, HostReply, Wire, WireOptions } from './wires/wire';

export interface SimulatedHostOptions {
  readonly kind: HostKind;
  readonly name: string;
  /** @default 0 - any free port */
  readonly port?: number;
  /** Ids it serves, as its own wire writes them. @default - every well-formed id of this kind */
  readonly models?: readonly string[];
  /** Keys or bearer tokens it accepts. @default - any key; on AWS only signatures, on Vertex only issued tokens */
  readonly key?: string | readonly string[];
  /** AWS region or Google location. @default 'us-east-1', on Vertex 'global' */
  readonly region?: string;
  /** In AWS only: whose signatures are good, and what they may do. @default SIMULATED_AWS */
  readonly aws?: AwsSide;
  /** Vertex only: who gets a token, and what is not set up. @default SIMULATED_GOOGLE */
  readonly google?: GoogleSide;
  /** Pause after each delta of a stream. @default 3 */
  readonly deltaDelayMs?: number;
  /** What the pauses of its faults are measured by. @default - the real one */
  readonly faultClock?: Pick<Clock, 'timer'>;
  /** What its batches and files age by. @default - the real one */
  readonly clock?: Pick<Clock, 'now'>;
  /** How long a batch takes. @default 2000 */
  readonly batchMs?: number;
  /** What becomes of sound requests in its batches. @default - they are answered */
  readonly batchTrouble?: AccountOptions['batchTrouble'];
  /** Bedrock and Vertex only: where its batch jobs find their files. @default - it has no batch jobs */
  readonly jobs?: JobsSide;
}

export interface SimulatedHost {
  /** The origin, without a path. */
  readonly url: string;
  readonly port: number;
  readonly name: string;
  readonly kind: HostKind;
  readonly fault: Fault | undefined;
  /** Resolves when the fault is in force, or healed. */
  setFault(fault?: Fault): Promise<void>;
  /** The latest, oldest first. */
  readonly requests: readonly RecordedRequest[];
  /** Answers given whole and unharmed, since the start. */
  readonly answered: number;
  openConnections(): number;
  close(): Promise<void>;
}

export const WIRES: Record<HostKind, (options: WireOptions) => Wire> = {
  anthropic: (options) => createAnthropicWire({ ...options, kind: 'anthropic' }),
  foundry: (options) => createAnthropicWire({ ...options, kind: 'foundry' }),
  'claude-platform-aws': (options) => createAnthropicWire({ ...options, kind: 'claude-platform-aws' }),
  bedrock: createBedrockWire,
  vertex: createVertexWire,
  messages: (options) => createAnthropicWire({ ...options, kind: 'messages' }),
  openai: (options) => createChatWire({ ...options, kind: 'openai' }),
  'azure-openai': (options) => createChatWire({ ...options, kind: 'azure-openai' }),
  'vertex-gemini': (options) => createChatWire({ ...options, kind: 'vertex-gemini' }),
  'bedrock-models': (options) => createChatWire({ ...options, kind: 'bedrock-models' }),
};
type Sound = Exclude<HostReply | AccountReply, { readonly kind: 'error' | 'apart' | 'deferred' }>;

const JSON_TYPE = { 'content-type': 'application/json' };

/** A host on loopback that speaks its kind's real wire, and breaks as told. */
export async function startSimulatedHost(options: SimulatedHostOptions): Promise<SimulatedHost> {
  const { kind, name, models, key = [], aws, google, deltaDelayMs = 3, clock = systemClock, batchMs = 2000 } = options;
  const region = options.region ?? (kind === 'vertex' ? 'global' : 'us-east-1');
  const keys = typeof key === 'string' ? [key] : key;
  const wire = WIRES[kind]({
    kind,
    region,
    models,
    keys,
    aws,
    google,
    account: { clock, batchMs, batchTrouble: options.batchTrouble },
    jobs: options.jobs,
  });
  const faults = createFaultSwitch();
  const ring = createRequestRing();
  let answered = 0;

  const write = (reply: Sound, own: Readonly<Record<string, string>>, writer: AnswerWriter, harm?: Sabotage) => {
    if (reply.kind === 'stream') return writer.stream(own, reply.answer, reply.framing, deltaDelayMs, harm);
    if (reply.kind === 'file') return writer.whole(200, { ...own, ...reply.headers }, reply.bytes, harm);
    return writer.whole(200, { ...own, ...JSON_TYPE, ...reply.headers }, JSON.stringify(reply.body), harm);
  };

  const deliver = async (request: SimRequest, writer: AnswerWriter, response: ServerResponse) => {
    const requestId = freshId('req', kind);
    const own = OWN_HEADERS[kind](requestId);
    const fail = async (error: ErrorSpec, values: Readonly<Record<string, string>> = {}) => {
      const googleStream = request.path.endsWith(':streamRawPredict');
      const { status, headers, body } = renderError(
        error,
        { model: modelOf(request), ...values },
        requestId,
        googleStream,
      );
      await writer.whole(status, { ...own, ...headers }, body);
    };

    const served = await wire(request);
    if (served.kind === 'error') return fail(served.error);
    if (served.kind === 'apart')
      return void (await writer.whole(served.status, JSON_TYPE, JSON.stringify(served.body)));
    const strike = faults.strike(request);
    const harm = strike && sabotage(strike.fault, served.kind === 'stream');
    if (harm?.act === 'hang') return;
    if (harm?.act === 'reset') return writer.reset();
    if (harm?.act === 'error') {
      const { retryAfter, row, status } = harm;
      const own = { ...(retryAfter !== undefined && { retryAfter }), ...(status !== undefined && { status }) };
      return fail({ ...ERROR_TABLE[row][kind], ...own }, strike?.values);
    }
    if (harm?.act === 'hang-after-headers') {
      response.writeHead(200, { ...own, ...(served.kind === 'stream' ? served.framing.headers : JSON_TYPE) });
      return response.flushHeaders();
    }
    const reply = served.kind === 'deferred' ? await served.serve() : served;
    if (reply.kind === 'error') return fail(reply.error);
    if (await write(reply, own, writer, harm)) answered += 1;
  };

  const handle = async (message: IncomingMessage, response: ServerResponse) => {
    const entry: RecordedRequest = await readRequest(message);
    ring.add(entry);
    const writer = createAnswerWriter(response, entry, options.faultClock);
    response.once('close', () => {
      entry.aborted = listener.isOpen && !response.writableFinished && !writer.severed;
    });
    await deliver(takeApart(entry), writer, response);
  };

  const listener = await listen(options.port ?? 0, (message, response) => {
    handle(message, response).catch((error: unknown) => {
      if (response.headersSent) return response.destroy();
      return response.writeHead(500).end(`The simulated host failed: ${String(error)}`);
    });
  });

  return {
    url: `http://127.0.0.1:${listener.port}`,
    port: listener.port,
    name,
    kind,
    get fault() {
      return faults.current;
    },
    async setFault(fault) {
      faults.set(fault);
      await (fault?.kind === 'refused' ? listener.shut() : listener.open());
    },
    requests: ring.requests,
    get answered() {
      return answered;
    },
    openConnections: listener.openConnections,
    close: listener.shut,
  };
}
