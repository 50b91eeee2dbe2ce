import type { Clock } from '../../../engine/time/clock';
import type { AccountStore } from '../../../engine/allowance/account-state';
import { Allowance, type Held } from '../../../engine/allowance/allowance';
import type { Window, Windows } from '../../../engine/allowance/window';
import { itemName } from './account-store';
import type { ActiveLimit } from '../limits/limits';
import { countKey } from '../limits/scope';

/** A request longer than that there is not. */
const OVER_MS = 20 * 60_000;
/** Users come and go. */
const CLEAN_AT = 1000;

/** An allowance that is open for a request, in the window in which it has begun: there it is counted, however long it takes. */
export interface OpenAllowance {
  readonly limit: ActiveLimit;
  readonly window: Window;
  readonly allowance: Allowance;
  /** What is held for it. */
  held?: Held;
}

/** As it stands in the names of items. */
export const windowText = ({ period, name }: Window): string => `${period} ${name}`;

interface Kept {
  readonly allowance: Allowance;
  usedAt: number;
}

/** Those that this process writes to. */
export class Allowances {
  readonly #kept = new Map<string, Kept>();

  constructor(
    private readonly parts: {
      readonly store: AccountStore;
      readonly clock: Clock;
      readonly windows: Windows;
      readonly process: string;
      readonly place: number;
      readonly region: string;
    },
  ) {}

  open(limit: ActiveLimit): OpenAllowance {
    const { windows, clock } = this.parts;
    const now = clock.now();
    const window = windows.of(limit.period, now);
    return { limit, window, allowance: this.#of(countKey(limit.scope), windowText(window), now) };
  }

  /** One that was open before, in whatever window that was: by its `countKey` and `windowText`. */
  again(scope: string, window: string): Allowance {
    return this.#of(scope, window, this.parts.clock.now());
  }

  get all(): Allowance[] {
    return [...this.#kept.values()].map(({ allowance }) => allowance);
  }

  #of(scope: string, window: string, now: number): Allowance {
    const key = `${scope}|${window}`;
    let kept = this.#kept.get(key);
    if (kept === undefined) {
      if (this.#kept.size >= CLEAN_AT) this.#clean(now);
      const { store, clock, process, place, region } = this.parts;
      const itemOf = (shard: number): string => itemName(region, scope, window, shard);
      kept = { usedAt: now, allowance: new Allowance(itemOf, { store, clock, process }, place) };
      this.#kept.set(key, kept);
    }
    kept.usedAt = now;
    return kept.allowance;
  }

  #clean(now: number): void {
    for (const [key, { usedAt, allowance }] of this.#kept) {
      if (now - usedAt > OVER_MS && allowance.isIdle) this.#kept.delete(key);
    }
  }
}
