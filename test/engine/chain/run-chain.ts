import { readAll } from '../../../lambda/engine/bytes';
import { runChain } from '../../../lambda/engine/chain/chain';
import type { ChainOutcome } from '../../../lambda/engine/chain/chain-context';
import { Trace } from '../../../lambda/engine/chain/trace';
import { Deadline } from '../../../lambda/engine/time/deadline';
import type { ChainSetup } from '../fake-host';
import type { VirtualClock } from '../virtual-clock';

/** Lets pending work and then time pass, until the promise is through. */
export async function inVirtualTime<T>(clock: VirtualClock, work: Promise<T>): Promise<T> {
  let end: { readonly value: T } | undefined;
  void work.then((value) => (end = { value }));
  for (let step = 0; end === undefined; step++) {
    if (step > 5000) throw new Error('the chain does not end');
    await new Promise(setImmediate);
    if (end === undefined) clock.advance(100);
  }
  return end.value;
}

export function run({ context, clock }: ChainSetup): Promise<ChainOutcome> {
  return inVirtualTime(clock, runChain(context));
}

/** The next request, with the same hosts and what is remembered of them. */
export function again({ context, clock, records }: ChainSetup): ChainSetup {
  return { clock, records, context: { ...context, trace: new Trace(), deadline: new Deadline(clock, 600_000) } };
}

export async function hostThatAnswers(setup: ChainSetup): Promise<string> {
  const outcome = await run(setup);
  if (outcome.kind !== 'answered') throw new Error(`the chain ended ${outcome.kind}`);
  outcome.answer.discard();
  return outcome.answer.host;
}

/** What a client has of a request. */
export interface Served {
  readonly host: string | undefined;
  /** Whole, and without an error in it. */
  readonly isWhole: boolean;
  readonly text: string;
  readonly attempts: number;
  readonly trace: string;
}

/** One request of many: read to its end by its client. */
export async function serve(setup: ChainSetup): Promise<Served> {
  const next = again(setup);
  const { trace } = next.context;
  const outcome = await run(next);
  if (outcome.kind !== 'answered') {
    return { host: undefined, isWhole: false, text: '', attempts: trace.attempts, trace: String(trace) };
  }
  const { body, host } = outcome.answer;
  const read = body instanceof Uint8Array ? body : await inVirtualTime(setup.clock, readAll(body, Infinity));
  const text = new TextDecoder().decode(read);
  const isWhole = text.includes('event: message_stop\n') && !text.includes('event: error\n');
  return { host, isWhole, text, attempts: trace.attempts, trace: String(trace) };
}

/** Requests one after the other. */
export async function serveMany(setup: ChainSetup, requests: number): Promise<Served[]> {
  const served: Served[] = [];
  for (let request = 0; request < requests; request += 1) served.push(await serve(setup));
  return served;
}

/** As `/health` shows it. */
export function stateOf({ context, clock }: ChainSetup, host: string): string | undefined {
  return context.state.health.snapshot(clock.now()).find((each) => each.host === host)?.state;
}
