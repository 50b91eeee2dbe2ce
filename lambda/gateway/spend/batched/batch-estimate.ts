import { BATCH_SHARE } from '../../../../lib/catalog/prices';
import type { Headers } from '../../../engine/headers';
import type { BodyFields } from '../../../engine/host';
import { estimateOf } from '../estimate';
import type { Limits } from '../limits/limits';
import { countKey } from '../limits/scope';
import { limitReached } from '../refusals';
import type { Spend } from '../spend';
import { type OpenAllowance, windowText } from '../table/allowances';
import { countedUser, NOBODY } from '../../plan/user';
import type { ChargedAccount } from './charged-account';

interface Part {
  readonly open: OpenAllowance;
  readonly model: string | undefined;
  micros: number;
}

/** What a batch may cost, request by request, and then as a whole. */
export class BatchEstimate {
  readonly #models = new Map<string, number>();
  #user: string | undefined;
  #parts: readonly Part[] = [];

  constructor(
    private readonly spend: Spend,
    private readonly team: string | undefined,
    private readonly headers: Headers,
  ) {}

  /** Throws a `GatewayError` for a model without a price. */
  add(model: string, hosts: readonly string[], params: BodyFields, bytes: number): void {
    const places = hosts.map((host) => ({ host, model }));
    const full = estimateOf(this.spend.parts, { client: this.team, model, places, body: params, bytes });
    this.#models.set(model, (this.#models.get(model) ?? 0) + Math.ceil(full * BATCH_SHARE));
    const user = countedUser(this.headers, params);
    // A batch of several users is nobody's in particular.
    this.#user = this.#user === undefined || this.#user === user ? user : NOBODY;
  }

  /** Holds all of it back. Throws a `GatewayError` where there is no room for it, or nobody can say. */
  async hold(): Promise<void> {
    const { limits, reserving, telling, clock } = this.spend.parts;
    this.#parts = await limits.whenKnown((known) => this.#partsIn(known));
    const answers = await Promise.all(this.#parts.map(({ open, micros }) => reserving.reserve([open], micros, false)));
    const at = answers.findIndex((answer) => answer !== undefined);
    const refused = answers[at];
    if (refused === undefined) return this.#parts.forEach(({ open }) => this.spend.look(open));
    this.release();
    if ('error' in refused) throw refused.error;
    telling.refused(this.team, refused.limit);
    throw limitReached(refused, this.#parts[at]!.micros, clock.now());
  }

  /** There is no such batch. */
  release(): void {
    this.spend.settle({ open: this.#parts.map(({ open }) => open), amount: 0, answer: undefined }, 0);
  }

  /** There is one, or may be: what it may cost is spent from now on. What the table has not got is no part of the answer: it stays so. */
  async keep(): Promise<readonly ChargedAccount[]> {
    for (const { open, micros } of this.#parts) open.allowance.settle(micros, open.held);
    await Promise.all(this.#parts.map(({ open }) => open.allowance.flushed()));
    return this.#parts
      .filter(({ open }) => open.allowance.isIdle)
      .map(({ open: { limit, window }, micros, model }) => ({
        scope: countKey(limit.scope),
        window: windowText(window),
        micros,
        ...(model !== undefined && { model }),
      }));
  }

  #partsIn(known: Limits): readonly Part[] {
    const { team } = this;
    const found = new Map<string, Part>();
    for (const [model, micros] of this.#models) {
      for (const limit of known.of({ team, user: this.#user ?? NOBODY, model })) {
        const key = `${countKey(limit.scope)} ${limit.period}`;
        const part = found.get(key);
        if (part) part.micros += micros;
        else {
          const open = this.spend.parts.allowances.open(limit);
          found.set(key, { open, micros, model: limit.scope.type === 'model' ? model : undefined });
        }
      }
    }
    return [...found.values()];
  }
}
