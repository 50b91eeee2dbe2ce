import { validateHeaderValue } from 'node:http';
import type { HostConfig, HostKind } from '../../../lib/contract';
import { HostError } from '../../../lambda/engine/host';
import type { WireAnswer } from '../../../lambda/hosts/transport/exchange';
import type { HostRequest } from '../../../lambda/hosts/transport/transport';
import { freshId } from '../../../local/hosts/answers/answer-id';
import { renderError, type ErrorSpec } from '../../../local/hosts/faults/error-spec';
import { ERROR_TABLE } from '../../../local/hosts/faults/error-table';
import { sse } from '../../../local/hosts/answers/framing';
import { OWN_HEADERS } from '../../../local/hosts/answers/own-headers';
import type { SimulatedClock } from '../../../local/virtual/simulated-clock';
import { Bucket } from '../../scale/simulation/bucket';
import { answerBytes, type AnswerBytes } from './answer-bytes';
import type { Attempt } from './ledger';
import type { HostCondition } from './script';
import { MODEL, TOKEN_MS, type Turn } from './traffic';

/** Milliseconds until a sound host's headers, and until a refusal. */
const HEADERS_MS = 300;
const ERROR_MS = 150;
const REFUSED_MS = 2;

/** What a host is told of the world it stands in. */
export interface HostWorld {
  readonly clock: SimulatedClock;
  /** How the host is to this request now; `attempt` counts its calls from 0. */
  condition(host: string, turn: Turn, attempt: number): HostCondition;
  /** What a sound host has against this request. */
  refusal(request: HostRequest, kind: HostKind): ErrorSpec | undefined;
  /** Whose request it is; undefined for one that is no turn. */
  begin(request: HostRequest): { readonly turn: Turn; readonly attempts: Attempt[] } | undefined;
}

/** One host on a virtual clock: its own wire, and a script of how it is when. */
export class ScriptedHost {
  readonly #bytes: AnswerBytes;
  /** The same for every answer: a fresh one costs its time, and nobody looks at it. */
  readonly #requestId: string;
  readonly #quota: Bucket | undefined;

  /** `perSecond`: requests that it takes. */
  constructor(
    private readonly config: Pick<HostConfig, 'name' | 'kind'>,
    private readonly world: HostWorld,
    perSecond?: number,
  ) {
    this.#bytes = answerBytes(config.kind);
    this.#requestId = freshId('req', config.kind);
    this.#quota = perSecond === undefined ? undefined : new Bucket(perSecond, perSecond / 1000);
  }

  async send(request: HostRequest, signal: AbortSignal): Promise<WireAnswer> {
    refuseUnwritable(request);
    const { name, kind } = this.config;
    const begun = this.world.begin(request);
    if (begun === undefined) return this.#error(request, ERROR_TABLE['not-found-model'][kind], signal);
    const { turn, attempts } = begun;
    const condition = this.world.condition(name, turn, attempts.length);
    const attempt: Attempt = { host: name, input: 0, output: 0, whole: false };
    attempts.push(attempt);
    if (condition.kind === 'refused') {
      await this.#pass(REFUSED_MS, signal);
      throw new HostError('connection', 'connect ECONNREFUSED');
    }
    if (condition.kind === 'error') return this.#error(request, ERROR_TABLE[condition.row][kind], signal);
    const refusal = this.world.refusal(request, kind);
    if (refusal !== undefined) return this.#error(request, refusal, signal);
    if (!this.#hasQuota()) return this.#error(request, ERROR_TABLE.throttling[kind], signal);
    if (request.path.includes('count')) return this.#count(turn, attempt, signal);
    await this.#pass(HEADERS_MS, signal);
    const headers = { ...OWN_HEADERS[kind](this.#requestId), ...sse.headers };
    return { status: 200, headers, body: this.#stream(turn, attempt, condition, signal) };
  }

  async *#stream(
    turn: Turn,
    attempt: Attempt,
    condition: HostCondition,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array> {
    const { output } = turn;
    const slow = condition.kind === 'slow' ? condition.factor : 1;
    attempt.input = turn.input;
    yield this.#bytes.opening(turn.input);
    await this.#pass(slow * turn.firstTokenMs - HEADERS_MS, signal);
    attempt.output = 1;
    yield this.#bytes.first;
    if (condition.kind === 'cut') {
      await this.#generate(Math.min(condition.afterTokens, output), attempt, signal);
      throw new HostError('connection', 'read ECONNRESET');
    }
    await this.#generate(Math.ceil(output / 2), attempt, signal);
    yield this.#bytes.middle;
    await this.#generate(output, attempt, signal);
    attempt.whole = true;
    yield this.#bytes.ending(output);
  }

  /** Up to so many tokens; whoever goes away earlier pays for those that were made until then. */
  async #generate(tokens: number, attempt: Attempt, signal: AbortSignal): Promise<void> {
    const { clock } = this.world;
    const [began, before] = [clock.now(), attempt.output];
    try {
      await this.#pass((tokens - before) * TOKEN_MS, signal);
    } finally {
      attempt.output = Math.min(tokens, before + Math.round((clock.now() - began) / TOKEN_MS));
    }
  }

  async #count({ input }: Turn, attempt: Attempt, signal: AbortSignal): Promise<WireAnswer> {
    await this.#pass(HEADERS_MS, signal);
    attempt.whole = true;
    const body = Buffer.from(JSON.stringify({ input_tokens: input, inputTokens: input }));
    return { status: 200, headers: { 'content-type': 'application/json' }, body: once(body) };
  }

  async #error(request: HostRequest, spec: ErrorSpec, signal: AbortSignal): Promise<WireAnswer> {
    await this.#pass(ERROR_MS, signal);
    const { kind } = this.config;
    const inArray = request.path.endsWith(':streamRawPredict');
    const { status, headers, body } = renderError(spec, { model: MODEL }, this.#requestId, inArray);
    return { status, headers: { ...OWN_HEADERS[kind](this.#requestId), ...headers }, body: once(Buffer.from(body)) };
  }

  #hasQuota(): boolean {
    if (this.#quota === undefined) return true;
    const has = this.#quota.has(1, this.world.clock.now());
    if (has) this.#quota.take(1);
    return has;
  }

  async #pass(ms: number, signal: AbortSignal): Promise<void> {
    try {
      await this.world.clock.wait(ms, signal);
    } catch (cause) {
      throw new HostError('connection', 'the request was aborted', { cause });
    }
  }
}

/** As Node does when it comes to write the request. */
function refuseUnwritable({ headers }: HostRequest): void {
  try {
    for (const name in headers) validateHeaderValue(name, headers[name] ?? '');
  } catch (cause) {
    throw new HostError('connection', 'the request cannot be written', { cause });
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
