import { AdaptationMemory } from '../../lambda/engine/chain/adaptation-memory';
import type { ChainContext } from '../../lambda/engine/chain/chain-context';
import { BUDGETS } from '../../lib/contract';
import { Deadline } from '../../lambda/engine/time/deadline';
import { Health } from '../../lambda/engine/health/health';
import { HostError, type Host, type HostAnswer, type HostCall } from '../../lambda/engine/host';
import { KeyPool } from '../../lambda/engine/health/key-pool';
import { Overrides } from '../../lambda/engine/health/overrides';
import type { AttemptRecord, Link, Plan } from '../../lambda/engine/chain/plan';
import { HOST_ERRORS } from '../../lambda/hosts/errors/every-error';
import { ANTHROPIC_DIALECT } from '../../lambda/wire/anthropic/dialect';
import { Trace } from '../../lambda/engine/chain/trace';
import { answer, bytes } from '../fixtures/answers/read-answers';
import { VirtualClock } from './virtual-clock';

/** What a fake host does with one call. */
export type Move = (call: HostCall, signal: AbortSignal) => Promise<HostAnswer> | HostAnswer;

export function respond(status: number, body: string, headers: Record<string, string> = {}): HostAnswer {
  async function* stream() {
    yield bytes(body);
  }
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: stream(), dropped: [] };
}

export const answers: Move = () => respond(200, answer('text').sse, { 'content-type': 'text/event-stream' });

export function fails(status: number, type: string, headers: Record<string, string> = {}, message = type): Move {
  return () => respond(status, JSON.stringify({ type: 'error', error: { type, message } }), headers);
}

export const hangs: Move = (_call, signal) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new HostError('connection', 'aborted')));
  });

/** A host that makes its moves in turn and repeats the last one. */
export class FakeHost implements Host {
  readonly kind = 'anthropic';
  readonly schema: Host['schema'] = 'current';
  readonly errors = HOST_ERRORS;
  readonly maxBodyBytes: number = 1000;
  readonly calls: HostCall[] = [];

  constructor(
    readonly name: string,
    private readonly moves: readonly Move[],
    readonly keys: readonly string[] = [],
    private readonly lacking: readonly string[] = [],
  ) {}

  modelId(model: string): string | undefined {
    return model;
  }

  loses(_feature: string): boolean {
    return false;
  }

  lacks(feature: string): boolean {
    return this.lacking.includes(feature);
  }

  async open(call: HostCall, signal: AbortSignal): Promise<HostAnswer> {
    const move = this.moves[Math.min(this.calls.length, this.moves.length - 1)];
    this.calls.push(call);
    if (!move) throw new Error('a host without moves');
    return move(call, signal);
  }

  async refreshCredential(): Promise<boolean> {
    return false;
  }
}

export interface ChainSetup {
  readonly context: ChainContext;
  readonly clock: VirtualClock;
  readonly records: AttemptRecord[];
}

export function setUpChain(
  hosts: readonly FakeHost[],
  over: Partial<Plan> = {},
  client = new AbortController(),
): ChainSetup {
  const clock = new VirtualClock();
  const records: AttemptRecord[] = [];
  const chain = hosts.map((host): Link => ({
    host,
    model: 'claude-opus-5-5',
    healthScope: 'claude-opus-5-5',
    keys: host.keys.length > 0 ? new KeyPool(host.keys) : undefined,
    retry: { quickRetries: 1, quickRetryMaxMs: 500, rateLimitWaitMaxMs: 2000 },
    timeouts: undefined,
  }));
  const body = { model: 'claude-opus-5-5', messages: [], stream: true };
  const plan: Plan = {
    requestId: 'gw_1',
    dialect: ANTHROPIC_DIALECT,
    endpoint: 'messages',
    model: 'claude-opus-5-5',
    client: undefined,
    chain,
    fallbacks: [],
    lastResort: [],
    onRefusal: [],
    message: undefined,
    primary: hosts[0]?.name ?? '',
    isSteered: false,
    route: { chain: [] },
    budget: BUDGETS.interactive,
    usualBudget: BUDGETS.interactive,
    commit: 'first-content',
    stream: true,
    upstreamStream: true,
    bytes: bytes(JSON.stringify(body)),
    body,
    headers: {},
    features: [],
    conversation: () => 0.5,
    turn: () => ({ conversation: 0.5, turns: 0 }),
    ...over,
  };
  const observer = {
    attempt: (record: AttemptRecord) => records.push(record),
    adapted: () => {},
    keySetAside: () => {},
    misconfigured: () => {},
  };
  const state = {
    clock,
    random: () => 0.5,
    health: new Health(new Map(hosts.map(({ name }) => [name, {}]))),
    overrides: new Overrides(),
    adaptations: new AdaptationMemory(),
    observer,
  };
  const deadline = new Deadline(clock, plan.budget.deadlineMs);
  return { context: { plan, state, trace: new Trace(), deadline, signal: client.signal }, clock, records };
}
