import type {
  ClientSpend,
  RouterConfig,
  SpendAmounts,
  SpendConfig,
  SpendPeriod,
  StoredSpendLimit,
} from '../../../../lib/contract';
import { SPEND_PERIODS } from '../../../../lib/contract';
import type { ModelCatalog } from '../../../../lib/catalog/resolve';
import { microsOf, microsOfCents } from '../../../engine/allowance/money';
import { userDigest } from '../../plan/user';
import { limitKey, type Scope, scopeOf } from './scope';

/** The least of all limits of one scope and period, in millionths of a dollar. */
export interface ActiveLimit {
  readonly scope: Scope;
  readonly period: SpendPeriod;
  readonly micros: number;
  /** The part of it that is for this region. */
  readonly share: number;
}

/** Where a limit of the configuration comes from. */
export interface ConfiguredLimit {
  readonly usd: number;
  readonly source: 'gateway' | 'team' | 'user' | 'model';
  /** For whom it stands there: `*` is everybody who has none of his own. */
  readonly scope: Scope;
}

export interface Asker {
  readonly team: string | undefined;
  readonly user: string;
  readonly model: string;
}

const EACH_TEAM = { type: 'team', team: '*' } as const;
const EACH_USER = { type: 'user', team: '*', user: '*' } as const;

/** What the configuration says, and what operators have said: a request has to stay below all of it. */
export class Limits {
  readonly #clients: ReadonlyMap<string, ClientSpend>;
  readonly #models: ReadonlyMap<string, SpendAmounts>;
  readonly #spend: SpendConfig;
  #stored: ReadonlyMap<string, readonly StoredSpendLimit[]> = new Map();

  constructor({ spend = {}, clients = [] }: RouterConfig, models: ModelCatalog) {
    this.#spend = spend;
    this.#clients = new Map(clients.map(({ name, spend: own = {} }) => [name, own]));
    const named = Object.entries(spend.models ?? {});
    this.#models = new Map(named.map(([name, amounts]) => [models.find(name)?.id ?? name, amounts]));
  }

  get stored(): readonly StoredSpendLimit[] {
    return [...this.#stored.values()].flat();
  }

  learn(stored: readonly StoredSpendLimit[]): void {
    this.#stored = Map.groupBy(stored, ({ scope }) => scope);
  }

  /** Whether any limit is of a user. */
  get haveUsers(): boolean {
    return (
      this.#spend.perUser !== undefined ||
      [...this.#clients.values()].some(({ perUser, users }) => perUser ?? users) ||
      [...this.#stored.keys()].some((key) => scopeOf(key)?.type === 'user')
    );
  }

  /** Every limit that a request falls under. */
  of({ team, user, model }: Asker): ActiveLimit[] {
    const scopes: Scope[] = [{ type: 'gateway' }, { type: 'model', model }, { type: 'user', team: team ?? '', user }];
    if (team !== undefined) scopes.push({ type: 'team', team });
    return scopes.flatMap((scope) => this.ofScope(scope));
  }

  ofScope(scope: Scope): ActiveLimit[] {
    return SPEND_PERIODS.flatMap((period): ActiveLimit[] => {
      const configured = this.configured(scope, period)?.usd;
      const cents = this.storedFor(scope, period)?.cents;
      const least = Math.min(
        configured === undefined ? Infinity : microsOf(configured),
        cents === undefined ? Infinity : microsOfCents(cents),
      );
      if (least === Infinity) return [];
      return [{ scope, period, micros: least, share: Math.floor((least * (this.#spend.share ?? 100)) / 100) }];
    });
  }

  /** Of what stands in the configuration, what is said most closely. */
  configured(scope: Scope, period: SpendPeriod): ConfiguredLimit | undefined {
    const { perTeam, perUser } = this.#spend;
    const found = (
      usd: number | undefined,
      source: ConfiguredLimit['source'],
      of: Scope = scope,
    ): ConfiguredLimit | undefined => (usd === undefined ? undefined : { usd, source, scope: of });
    switch (scope.type) {
      case 'gateway':
        return found(this.#spend[period], 'gateway');
      case 'model':
        return found(this.#models.get(scope.model)?.[period], 'model');
      case 'team':
        return found(this.#clients.get(scope.team)?.[period], 'team') ?? found(perTeam?.[period], 'gateway', EACH_TEAM);
      case 'user': {
        const own = this.#clients.get(scope.team);
        return (
          found(this.#userIn(own, scope)?.[period], 'user') ??
          found(own?.perUser?.[period], 'team', { ...EACH_USER, team: scope.team }) ??
          found(perUser?.[period], 'gateway', EACH_USER)
        );
      }
    }
  }

  /** Everybody of whom the configuration or an operator speaks by name. */
  named(): Scope[] {
    const users = [...this.#clients].flatMap(([team, { users = {} }]) =>
      Object.keys(users).map((user): Scope => ({ type: 'user', team, user })),
    );
    const teams = [...this.#clients.keys()].map((team): Scope => ({ type: 'team', team }));
    const models = [...this.#models.keys()].map((model): Scope => ({ type: 'model', model }));
    return [{ type: 'gateway' }, ...teams, ...models, ...users];
  }

  /** All that the configuration says. */
  configuredScopes(): { readonly scope: Scope; readonly amounts: SpendAmounts }[] {
    const { perTeam = {}, perUser = {} } = this.#spend;
    return [
      { scope: { type: 'gateway' }, amounts: this.#spend },
      { scope: EACH_TEAM, amounts: perTeam },
      { scope: EACH_USER, amounts: perUser },
      ...[...this.#clients].flatMap(([team, own]) => [
        { scope: { type: 'team', team } as const, amounts: own },
        { scope: { ...EACH_USER, team }, amounts: own.perUser ?? {} },
        ...Object.entries(own.users ?? {}).map(([user, amounts]) => ({
          scope: { type: 'user', team, user } as const,
          amounts,
        })),
      ]),
      ...[...this.#models].map(([model, amounts]) => ({ scope: { type: 'model', model } as const, amounts })),
    ];
  }

  /** What an operator has set. */
  storedFor(scope: Scope, period: SpendPeriod): StoredSpendLimit | undefined {
    return this.#storedFor(scope).find((limit) => limit.period === period);
  }

  #userIn(own: ClientSpend | undefined, { team, user }: Extract<Scope, { type: 'user' }>): SpendAmounts | undefined {
    const users = own?.users;
    if (users === undefined) return undefined;
    if (Object.hasOwn(users, user)) return users[user];
    if (!user.startsWith('~')) return undefined;
    return Object.entries(users).find(([name]) => userDigest(team, name) === user)?.[1];
  }

  #storedFor(scope: Scope): readonly StoredSpendLimit[] {
    const own = this.#stored.get(limitKey(scope));
    if (own !== undefined || scope.type !== 'user') return own ?? [];
    // An operator may know a user by the digest alone.
    return this.#stored.get(limitKey({ ...scope, user: userDigest(scope.team, scope.user) })) ?? [];
  }
}
