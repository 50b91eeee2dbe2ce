import { RESPONSE_HEADERS } from '../../../lib/contract';
import type { Answer } from '../../engine/answer';
import type { ChainState } from '../../engine/chain/chain-context';
import type { MessageAssembler } from '../../wire/anthropic/answer/assemble-message';
import type { Plan } from '../../engine/chain/plan';
import type { tellingFailure } from '../outcome-response';
import type { Gone, Passed } from '../admission/passed';
import type { contextOf } from '../run';
import type { CacheStatus } from './cache-mark';
import type { CacheUse } from './cache-wish';
import { type Flight, Flights } from './flights';
import { answerAgain, CACHE_HOST, type KeptAnswer } from './kept-answer';
import { keptWhileGiven } from './kept-while-given';
import { isForTheHosts } from './last-hope';
import type { PatientStore } from './patient-store';
import { requestKey } from './request-key';

/** How long a request that has hosts left waits for the table. */
const PATIENCE_MS = 250;
/** One that has nothing else left has no reason to hurry. */
const LAST_PATIENCE_MS = 2000;

/** What it has of the router. Handed over: what it would import, the start would have in files of their own. */
export interface House {
  /** Runs the chain. `gone`: nobody waits for the answer any more. */
  begin(gone: AbortSignal, timeLeftMs: number | undefined): Promise<Passed>;
  readonly contextOf: typeof contextOf;
  readonly tellingFailure: typeof tellingFailure;
  readonly MessageAssembler: typeof MessageAssembler;
}

/** A request that the cache takes. */
export interface Asked {
  readonly plan: Plan;
  readonly use: CacheUse;
  readonly timeLeftMs: number | undefined;
  readonly signal: AbortSignal;
  readonly state: ChainState;
  readonly house: House;
}

interface Passage extends Asked {
  readonly key: string;
  readonly started: number;
}

/** Answers that are given again, and calls that equal requests share. */
export class ResponseCache {
  readonly #flights = new Flights();

  constructor(private readonly store: PatientStore) {}

  settle(): Promise<void> {
    return this.store.settle();
  }

  /** What a request comes to: from here, or from a host. */
  async serve(asked: Asked): Promise<Passed> {
    const { plan, use, signal, state } = asked;
    const key = requestKey(plan, use.config);
    const passage = { ...asked, key, started: state.clock.now() };
    const open = use.isRefresh ? undefined : this.#flights.of(key);
    if (open === undefined) return this.#lead(passage, this.#flights.begin(key, signal));
    // Whoever waits for nothing still has time to ask for itself.
    const shared = await open.follow(plan.budget.deadlineMs / 2, signal, state.clock);
    if (shared !== undefined && isFresh(shared, passage)) return again(shared, 'hit', fromHere(passage), passage);
    return this.#ask(passage, signal, () => undefined);
  }

  async #lead(passage: Passage, flight: Flight): Promise<Passed> {
    const { use, key } = passage;
    try {
      const found = use.isRefresh ? undefined : await this.store.read(key, PATIENCE_MS);
      if (found !== undefined && isFresh(found, passage)) {
        flight.land(found);
        return await again(found, 'hit', fromHere(passage), passage);
      }
      return await this.#ask(passage, flight.signal, (answer) => flight.land(answer), found);
    } catch (error) {
      flight.land();
      throw error;
    }
  }

  /** `landed`: called once, with what others may have of it. `found`: an answer that is older than it may be. */
  async #ask(
    passage: Passage,
    gone: AbortSignal,
    landed: (answer?: KeptAnswer) => void,
    found?: KeptAnswer,
  ): Promise<Passed> {
    const { plan, use, key, state, house } = passage;
    const passed = await house.begin(gone, timeLeft(passage));
    const status = use.isRefresh ? 'refresh' : 'miss';
    const { end } = passed;
    if (end === undefined) {
      landed();
      return passed;
    }
    if (end.kind === 'answered' && isOwn(end.answer, plan)) {
      const answer = keptWhileGiven(
        end.answer,
        { plan, gone, now: () => state.clock.now(), assembler: new house.MessageAssembler() },
        (kept) => {
          if (kept !== undefined) this.store.write(key, kept, kept.at + keptMs(use));
          landed(kept);
        },
      );
      return marked({ ...passed, end: { ...end, answer } }, status);
    }
    landed();
    if (
      end.kind === 'exhausted' &&
      use.config.staleSeconds !== undefined &&
      !use.isRefresh &&
      isForTheHosts(end, house.tellingFailure(end.failures))
    ) {
      const stale = found ?? (await this.store.read(key, LAST_PATIENCE_MS, true));
      if (stale !== undefined && ageMs(stale, passage) <= keptMs(use)) return again(stale, 'stale', passed, passage);
    }
    return marked(passed, status);
  }
}

/** Another model's answer is given once. */
const isOwn = (answer: Answer, { model }: Plan): boolean => answer.model === model;

const keptMs = ({ config: { ttlSeconds, staleSeconds = 0 } }: CacheUse): number => (ttlSeconds + staleSeconds) * 1000;
/** Clocks differ, and nothing is from the future. */
const ageMs = ({ at }: KeptAnswer, { state }: Passage): number => Math.max(0, state.clock.now() - at);
const isFresh = (kept: KeptAnswer, passage: Passage): boolean =>
  ageMs(kept, passage) <= passage.use.maxAgeSeconds * 1000;

const fromHere = ({ house, plan, state, signal, timeLeftMs }: Passage): Pick<Gone, 'context' | 'headers'> => ({
  context: house.contextOf(plan, state, signal, timeLeftMs),
});

/** What is left after waiting. */
function timeLeft({ plan, timeLeftMs = Infinity, state, started }: Passage): number {
  return Math.min(timeLeftMs, plan.budget.deadlineMs) - (state.clock.now() - started);
}

async function again(
  kept: KeptAnswer,
  status: 'hit' | 'stale',
  { context, headers }: Pick<Gone, 'context' | 'headers'>,
  passage: Passage,
): Promise<Passed> {
  const { plan, signal } = passage;
  if (signal.aborted) return { context, end: { kind: 'client-gone' } };
  context.trace.add(CACHE_HOST, status);
  const age = String(Math.floor(ageMs(kept, passage) / 1000));
  const stale = status === 'stale' ? age : undefined;
  const answer = answerAgain(kept, plan, stale);
  // What was let through once was so by the rules of that day.
  const end = { kind: 'answered', answer: (await plan.inspect?.(answer)) ?? answer } as const;
  return marked(
    { context, end, headers: { ...headers, age, ...(stale && { [RESPONSE_HEADERS.stale]: stale }) } },
    status,
  );
}

export function marked(gone: Gone, status: CacheStatus): Gone {
  const headers = { ...gone.headers, [RESPONSE_HEADERS.cache]: status };
  const isAgain = status === 'hit' || status === 'stale';
  return { ...gone, headers, cache: { status, isAgain } };
}
