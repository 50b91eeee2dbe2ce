import type { ErrorFacts } from '../failure/failure';
import type { Adaptation, Host, LessonCall } from '../host';

/** A host that catches up gets the feature back. */
const REMEMBER_MS = 3_600_000;
/** Clients choose the names of betas: they must not grow the memory. */
const MAX_BETAS = 100;

const NOTHING: Adaptation = { dropBetas: [], dropFields: [] };

/** What refusals have taught about each host and model. */
export class AdaptationMemory {
  readonly #learned = new Map<string, { readonly adaptation: Adaptation; readonly until: number }>();

  get(host: string, model: string, now: number): Adaptation | undefined {
    const known = this.#learned.get(key(host, model));
    return known !== undefined && now < known.until ? known.adaptation : undefined;
  }

  /** The adaptation to try next, or undefined when the answer teaches nothing that is new and harmless. */
  learn(
    host: Pick<Host, 'name' | 'lessonOf'>,
    model: string,
    facts: ErrorFacts,
    call: LessonCall,
    now: number,
  ): Adaptation | undefined {
    const before = this.get(host.name, model, now) ?? NOTHING;
    const lesson = host.lessonOf?.(facts, call, before);
    if (lesson === undefined) return undefined;
    const after: Adaptation = {
      ...before,
      ...lesson,
      dropBetas: union(before.dropBetas, lesson.dropBetas).slice(-MAX_BETAS),
      dropFields: union(before.dropFields, lesson.dropFields),
    };
    if (!isNew(before, after)) return undefined;
    this.#learned.set(key(host.name, model), { adaptation: after, until: now + REMEMBER_MS });
    return after;
  }
}

function union(a: readonly string[], b: readonly string[]): readonly string[] {
  return [...new Set([...a, ...b])];
}

function isNew(before: Adaptation, after: Adaptation): boolean {
  return (
    after.dropBetas.some((beta) => !before.dropBetas.includes(beta)) ||
    after.dropFields.some((field) => !before.dropFields.includes(field)) ||
    after.version !== before.version
  );
}

function key(host: string, model: string): string {
  return `${host}/${model}`;
}
