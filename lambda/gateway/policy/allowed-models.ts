import type { ModelCatalog } from '../../../lib/catalog/resolve';
import type { Model } from '../../../lib/catalog/model';
import { type Denial, quoted } from './denial';

/** The models of a team, whatever a request calls them. */
export class AllowedModels {
  readonly models: readonly Model[];
  readonly #ids: ReadonlySet<string>;
  readonly #names: ReadonlySet<string>;
  readonly #starts: readonly string[];

  /** An alias stands for its model. What ends with `*` goes by ids: somebody may have called one model almost like another. */
  constructor(
    names: readonly string[],
    private readonly catalog: ModelCatalog,
  ) {
    this.#starts = names.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1));
    this.#names = new Set(names);
    const named = new Set(names.flatMap((name) => catalog.find(name)?.id ?? []));
    this.models = catalog.models.filter(
      ({ id }) => named.has(id) || this.#starts.some((start) => id.startsWith(start)),
    );
    this.#ids = new Set(this.models.map(({ id }) => id));
  }

  /** Any spelling: an id, an alias, or what a host calls a model that nobody here knows. */
  has(name: string): boolean {
    const model = this.catalog.find(name);
    if (model !== undefined) return this.#ids.has(model.id);
    return this.#names.has(name) || this.#starts.some((start) => name.startsWith(start));
  }

  denial(name: unknown, client: string, at = 'model'): Denial {
    const others = [...this.#names].filter((each) => !each.endsWith('*') && !this.catalog.find(each));
    const may = [...this.#ids, ...others].join(', ');
    return { rule: 'models', why: `${at}: ${quoted(name)} is not for client '${client}'; it may use ${may}` };
  }
}
