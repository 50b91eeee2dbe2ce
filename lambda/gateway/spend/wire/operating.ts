import type { ModelCatalog } from '../../../../lib/catalog/resolve';
import type { RouterConfig } from '../../../../lib/contract';
import type { Windows } from '../../../engine/allowance/window';
import type { Clock } from '../../../engine/time/clock';
import { errorText } from '../../../runtime/error-text';
import { GatewayError } from '../../gateway-error';
import type { Books } from '../table/books';
import type { KnownLimits } from '../limits/known-limits';
import type { LimitStore } from '../limits/limit-store';
import type { Limits } from '../limits/limits';
import type { Scope } from '../limits/scope';

interface OperatingParts {
  readonly config: RouterConfig;
  readonly models: ModelCatalog;
  readonly limits: KnownLimits;
  readonly limitStore: LimitStore | undefined;
  readonly books: Books;
  readonly windows: Windows;
  readonly clock: Clock;
  readonly alone: (problem: string) => void;
}

/** What operators do with limits. */
export class Operating {
  readonly books: Books;
  readonly windows: Windows;

  constructor(private readonly parts: OperatingParts) {
    this.books = parts.books;
    this.windows = parts.windows;
  }

  /** The limits, as they are now. */
  readonly look = (): Promise<Limits> => this.parts.limits.look();
  readonly now = (): number => this.parts.clock.now();

  store(): LimitStore {
    const { limitStore } = this.parts;
    if (limitStore) return limitStore;
    throw new GatewayError(
      400,
      'this gateway has no table in which a limit could be kept; set it in its configuration',
    );
  }

  /** A limit of somebody who does not exist would hold nobody back. */
  checkKnown(scope: Scope): void {
    const { config, models } = this.parts;
    const teams = config.clients?.map(({ name }) => name);
    if ((scope.type === 'team' || scope.type === 'user') && teams?.includes(scope.team) === false) {
      throw new GatewayError(404, `there is no team '${scope.team.slice(0, 80)}'; the teams are ${teams.join(', ')}`);
    }
    if (scope.type === 'model' && models.find(scope.model)?.id !== scope.model) {
      const ids = models.models.map(({ id }) => id);
      throw new GatewayError(404, `there is no model '${scope.model.slice(0, 80)}'; the models are ${ids.join(', ')}`);
    }
  }

  failed(error: unknown): void {
    this.parts.alone(`spend limits: ${errorText(error)}`);
  }
}
