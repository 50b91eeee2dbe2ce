import { SIMULATED_AWS } from '../../../local/hosts/aws/aws-side';
import { freshId } from '../../../local/hosts/answers/answer-id';
import { isDue } from '../../../local/hosts/answers/answer-writer';
import { renderError, type ErrorSpec } from '../../../local/hosts/faults/error-spec';
import { ERROR_TABLE } from '../../../local/hosts/faults/error-table';
import type { Fault } from '../../../local/hosts/faults/fault';
import { createFaultSwitch } from '../../../local/hosts/faults/fault-switch';
import { isRecord } from '../../../local/json';
import { messageEvents } from '../../../local/hosts/answers/message-events';
import { OWN_HEADERS } from '../../../local/hosts/answers/own-headers';
import { modelOf, takeApart, type SimRequest } from '../../../local/hosts/requests/recorded-request';
import { sabotage, type Sabotage } from '../../../local/hosts/faults/sabotage';
import { WIRES } from '../../../local/hosts/simulated-host';
import type { HostReply, Wire } from '../../../local/hosts/wires/wire';
import type { HostConfig } from '../../../lib/contract';
import { HostError } from '../../../lambda/engine/host';
import type { WireAnswer } from '../../../lambda/hosts/transport/exchange';
import type { HostRequest } from '../../../lambda/hosts/transport/transport';
import { MINUTE_MS } from '../cloudwatch/replay';
import type { SimulatedClock } from '../../../local/virtual/simulated-clock';

/** How fast a sound host is, in milliseconds. */
const HEADERS_MS = 300;
const FIRST_CONTENT_MS = 600;
const TOKEN_MS = 30;

const JSON_TYPE = { 'content-type': 'application/json' };

/** A simulated host of `npm start`, with its wire and its faults, on a virtual clock instead of a port. */
export class SimulatedPlace {
  readonly #wire: Wire;
  readonly #faults = createFaultSwitch();
  /** Requests in this minute. */
  #taken = { minute: 0, requests: 0 };
  requestsPerMinute = Infinity;
  #models: readonly string[] | undefined;

  constructor(
    private readonly config: HostConfig,
    private readonly clock: SimulatedClock,
  ) {
    const { kind } = config;
    const region = 'region' in config ? config.region : 'us-east-1';
    // What signs goes by the virtual clock, or, as AWS's SDK, by the real one.
    const aws = { ...SIMULATED_AWS, goodForMs: Infinity };
    this.#wire = WIRES[kind]({ kind, region, models: undefined, keys: [], aws });
  }

  /** `models`: it strikes only requests for these, by Anthropic's ids. */
  setFault(fault: Fault | undefined, models?: readonly string[]): void {
    this.#faults.set(fault);
    this.#models = models;
  }

  async send({ method, path, headers, body }: HostRequest, signal: AbortSignal): Promise<WireAnswer> {
    const request = takeApart({
      method,
      path,
      headers,
      // No incident streams a body through.
      body: Buffer.from(body instanceof Uint8Array ? body : []),
      when: this.clock.now(),
      aborted: false,
      sent: 0,
    });
    if (this.#faults.current?.kind === 'refused') throw new HostError('connection', 'connect ECONNREFUSED');
    await this.#pass(HEADERS_MS, signal);
    const served = await this.#wire(request);
    if (served.kind === 'error') return this.#error(request, served.error);
    if (served.kind === 'deferred') throw new Error(`${path}: nothing is kept here`);
    if (served.kind === 'apart') return answer(served.status, JSON_TYPE, [JSON.stringify(served.body)]);
    if (this.#isOverQuota()) return this.#error(request, ERROR_TABLE.throttling[this.config.kind]);
    const strike = this.#concerns(request) ? this.#faults.strike(request) : undefined;
    const harm = strike && sabotage(strike.fault, served.kind === 'stream');
    if (harm?.act === 'error') {
      const { retryAfter, row } = harm;
      const spec = { ...ERROR_TABLE[row][this.config.kind], ...(retryAfter !== undefined && { retryAfter }) };
      return this.#error(request, spec, strike?.values);
    }
    if (harm?.act === 'hang') await this.#pass(Infinity, signal);
    if (harm?.act === 'reset') throw new HostError('connection', 'read ECONNRESET');
    return this.#answer(served, harm, signal);
  }

  #answer(
    served: Exclude<HostReply, { kind: 'error' | 'apart' | 'deferred' }>,
    harm: Sabotage | undefined,
    signal: AbortSignal,
  ): WireAnswer {
    const own = OWN_HEADERS[this.config.kind](freshId('req', this.config.kind));
    if (served.kind === 'json') {
      return answer(200, { ...own, ...JSON_TYPE, ...served.headers }, this.#whole(served.body, harm, signal));
    }
    return answer(200, { ...own, ...served.framing.headers }, this.#stream(served, harm, signal));
  }

  async *#whole(body: unknown, harm: Sabotage | undefined, signal: AbortSignal): AsyncGenerator<string> {
    if (harm?.act === 'hang-after-headers') await this.#pass(Infinity, signal);
    const late = harm?.act === 'slow' ? harm.ms : 0;
    await this.#pass(late + timeToWrite(body), signal);
    yield JSON.stringify(body);
  }

  /** In pieces that lie as far apart as their content. */
  async *#stream(
    { answer: given, framing }: Extract<HostReply, { kind: 'stream' }>,
    harm: Sabotage | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<string | Uint8Array> {
    if (harm?.act === 'hang-after-headers') await this.#pass(Infinity, signal);
    let pending = harm;
    let content = 0;
    for (const event of messageEvents(given.message, given.deltas)) {
      if (pending && isDue(pending, content, event.type)) {
        if (pending.act === 'cut') throw new HostError('connection', 'closed before the answer was complete');
        if (pending.act === 'end-without-stop') return;
        if (pending.act === 'stall') await this.#pass(Infinity, signal);
        if (pending.act === 'slow') await this.#pass(pending.ms, signal);
        if (pending.act === 'malformed-event') yield framing.malformed();
        if (pending.act === 'error-in-stream') return yield framing.error(pending.error);
        pending = undefined;
      }
      if (event.type === 'content_block_start' && event.index === 0) await this.#pass(FIRST_CONTENT_MS, signal);
      if (event.type === 'message_delta') await this.#pass(given.message.usage.output_tokens * TOKEN_MS, signal);
      const bytes = framing.event(event);
      if (bytes) yield bytes;
      if (event.type.startsWith('content_block')) content++;
    }
  }

  #error(request: SimRequest, spec: ErrorSpec, values: Readonly<Record<string, string>> = {}): WireAnswer {
    const { kind } = this.config;
    const requestId = freshId('req', kind);
    const inArray = request.path.endsWith(':streamRawPredict');
    const { status, headers, body } = renderError(spec, { model: modelOf(request), ...values }, requestId, inArray);
    return answer(status, { ...OWN_HEADERS[kind](requestId), ...headers }, [body]);
  }

  /** Hosts write Anthropic's id into one of their own. */
  #concerns(request: SimRequest): boolean {
    return this.#models?.some((model) => modelOf(request).includes(model)) ?? true;
  }

  #isOverQuota(): boolean {
    const minute = Math.floor(this.clock.now() / MINUTE_MS);
    const requests = this.#taken.minute === minute ? this.#taken.requests + 1 : 1;
    this.#taken = { minute, requests };
    return requests > this.requestsPerMinute;
  }

  async #pass(ms: number, signal: AbortSignal): Promise<void> {
    try {
      await this.clock.wait(ms, signal);
    } catch (error) {
      throw new HostError('connection', 'the request was aborted', { cause: error });
    }
  }
}

/** Of an answer that comes as a whole; counting tokens takes no time. */
function timeToWrite(body: unknown): number {
  const usage = isRecord(body) && isRecord(body['usage']) ? body['usage'] : undefined;
  return usage === undefined ? 0 : FIRST_CONTENT_MS + Number(usage['output_tokens']) * TOKEN_MS;
}

function answer(
  status: number,
  headers: WireAnswer['headers'],
  pieces: Iterable<string> | AsyncIterable<string | Uint8Array>,
): WireAnswer {
  async function* bytes() {
    for await (const piece of pieces) yield Buffer.from(piece);
  }
  return { status, headers, body: bytes() };
}
