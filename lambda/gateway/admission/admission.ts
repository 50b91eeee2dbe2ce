import type { ChainOutcome, ChainState } from '../../engine/chain/chain-context';
import type { Ending } from '../../engine/answer';
import type { Plan } from '../../engine/chain/plan';
import type { GatewayRequest } from '../../engine/gateway';
import type { Reason } from '../../engine/failure/failure';
import type { Headers } from '../../engine/headers';
import { sleep } from '../../engine/time/deadline';
import { GatewayError } from '../gateway-error';
import type { Limiter } from '../limits/limiter';
import { refused } from '../limits/refused';
import type { Entry, TeamLimits } from '../limits/team/team-limits';
import type { Telemetry } from '../telemetry/telemetry';
import { UsualUse } from '../../engine/limits/usual-use';
import type { Gone, Passed } from './passed';
import { Patience } from './patience';
import type { Turns } from './turns';
import { usedBy } from './used-by';
import { askedWait } from './wait-header';

/** A request that is ready to go. */
export interface Asking {
  readonly plan: Plan;
  readonly request: GatewayRequest;
  /** Its client is gone. */
  readonly signal: AbortSignal;
}

/** Sends it to its hosts; `leftMs`: what it has left for that. */
type Go = (leftMs: number) => Promise<Gone>;

/** Requests that wait at a time in one process; each holds its body. */
const MOST_WAITING = 1000;

/** What passes by itself, and is told how soon. */
const PASSING: ReadonlySet<Reason> = new Set(['rate-limited', 'overloaded', 'quota']);
/** What a request costs its team's turns: the same for all teams. */
const COST = new UsualUse();
/** So long a request waits for its turn that says nothing of waiting. */
const TURN_MS = 10_000;
/** A host that has just refused is not asked again at once. */
const LEAST_MS = 250;

/** The way of requests to their hosts where they may have to wait: for limits of their team, for their turn, for a host's quota. */
export class Admission {
  #waiting = 0;

  constructor(
    private readonly state: ChainState,
    private readonly teams: ReadonlyMap<string, TeamLimits>,
    private readonly limiter: Limiter,
    private readonly telemetry: Pick<Telemetry, 'refused'>,
    /** Undefined where nobody has to wait for a turn. */
    private readonly turns: Turns | undefined,
  ) {}

  settle(): Promise<unknown> | undefined {
    const settling = [...this.teams.values()].flatMap((team) => team.settle() ?? []);
    return settling.length > 0 ? Promise.all(settling) : undefined;
  }

  /** Rejects for faults only: a refusal may come when the client has got pings already. */
  async pass(asking: Asking, go: Go): Promise<Passed> {
    try {
      return await this.#pass(asking, go);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      const late = (): AsyncIterable<Uint8Array> => {
        this.telemetry.refused(asking.request, error.status);
        return lateRefusal(error, asking.plan);
      };
      return { end: undefined, refusal: error, late };
    }
  }

  async #pass({ plan, request, signal }: Asking, go: Go): Promise<Passed> {
    const endsAt = this.state.clock.now() + Math.min(plan.budget.deadlineMs, request.timeLeftMs ?? Infinity);
    const patience = new Patience(
      this.state.clock,
      Math.min(this.state.clock.now() + askedWait(request.headers), endsAt),
      signal,
    );
    const ofRate = askedWait(request.headers) > 0 ? await this.#admitted(plan.client, patience) : {};
    const team = plan.client === undefined ? undefined : this.teams.get(plan.client);
    const entry = team && (await this.#entry(team, plan, patience));
    const headers = { ...ofRate, ...team?.headers };
    let gone: Gone;
    try {
      gone = await this.#going(go, endsAt, patience, plan);
    } catch (error) {
      entry?.leave();
      throw error;
    }
    afterwards(gone.end, (ending) => entry?.leave(ending && usedBy(ending)));
    return { ...gone, headers };
  }

  /** Through the limits by the second and by longer periods, which those that do not wait have passed before their body was read. */
  async #admitted(client: string | undefined, patience: Patience): Promise<Headers> {
    for (;;) {
      const { headers, full } = this.limiter.tried(client, this.state.clock.now());
      if (full === undefined) return headers;
      if (!patience.covers(full.waitMs)) throw refused(full.why, full.waitMs, headers);
      await this.#while(() => sleep(this.state.clock, full.waitMs, patience.signal));
    }
  }

  async #entry(team: TeamLimits, { bytes, body }: Plan, patience: Patience): Promise<Entry> {
    const most = Number(body['max_tokens']);
    for (;;) {
      const entered = await team.enter(bytes.length, most > 0 ? most : 0);
      if ('leave' in entered) return entered;
      if (!patience.covers(entered.waitMs)) throw refused(entered.why, entered.waitMs, team.headers);
      await this.#while(() => team.freed(entered.waitMs, patience.signal));
    }
  }

  /** Once more when a host takes requests again, where that is soon enough. */
  async #going(go: Go, endsAt: number, patience: Patience, plan: Plan): Promise<Gone> {
    for (;;) {
      const gone = await this.#inTurn(go, endsAt, patience, plan);
      const wait = this.#quotaWait(gone);
      if (wait === undefined || !patience.covers(wait)) return gone;
      await this.#while(() => sleep(this.state.clock, wait, patience.signal));
      if (patience.signal.aborted) return gone;
    }
  }

  async #inTurn(go: Go, endsAt: number, patience: Patience, plan: Plan): Promise<Gone> {
    const { client = '', model, bytes, body } = plan;
    const left = (): number => endsAt - this.state.clock.now();
    const ms = Math.min(left(), Math.max(patience.leftMs, TURN_MS));
    const cost = COST.estimate(bytes.length, Number(body['max_tokens']) || 0);
    const turn = await this.turns?.take(model, client, cost, ms, patience.signal);
    try {
      const gone = await go(left());
      turn?.heard(isShort(gone.end));
      afterwards(gone.end, () => turn?.end());
      return gone;
    } catch (error) {
      turn?.end();
      throw error;
    }
  }

  /** Milliseconds until a host may take what none took for its quota; undefined where that is not what was wrong. */
  #quotaWait({ end, context: { plan } }: Gone): number | undefined {
    if (!isShort(end)) return undefined;
    const now = this.state.clock.now();
    const ends = [...plan.chain, ...plan.fallbacks.flat()].flatMap(
      ({ host, healthScope }) => this.state.health.soonest([host.name], healthScope, now) ?? [],
    );
    return ends.length === 0 ? undefined : Math.max(Math.min(...ends) - now, LEAST_MS);
  }

  async #while(wait: () => Promise<void>): Promise<void> {
    if (this.#waiting >= MOST_WAITING) {
      throw refused(`${MOST_WAITING} requests are waiting here already`, 1000, {});
    }
    this.#waiting += 1;
    try {
      await wait();
    } finally {
      this.#waiting -= 1;
    }
  }
}

/** No host took it, and that may pass. */
const isShort = (end: ChainOutcome): boolean =>
  end.kind === 'exhausted' && end.failures.some(({ reason }) => PASSING.has(reason));

/** At the answer's last byte, or at once where there is none. */
function afterwards(end: ChainOutcome, then: (ending: Ending | undefined) => void): void {
  const ended = end.kind === 'answered' ? end.answer.ended : undefined;
  if (ended instanceof Promise) void ended.then(then);
  else then(ended);
}

/** After the first ping, when no status can say it any more. */
async function* lateRefusal(
  { status, message }: GatewayError,
  { dialect, requestId }: Plan,
): AsyncGenerator<Uint8Array> {
  yield dialect.errorEvent(dialect.error(status, message, requestId));
}
