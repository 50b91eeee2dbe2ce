import type { ErrorFacts } from '../failure/failure';
import type { Adaptation, Host, LessonCall } from '../host';

/** A host that catches up gets the feature back. */
const REMEMBER_MS = 3_600_000;
/** Clients choose the names of betas: they must not grow the memory. */
const MAX_BETAS = 100;

const NOTHING: Adaptation = { dropBetas: [], dropFields: [] };

/** Clients choose what tells their requests apart: neither may that grow the memory. */
const MAX_ENTRIES = 1000;

/** What refusals have taught about each host and model. A count of tokens is refused other things than a message. */
export class AdaptationMemory {
  readonly #learned = new Map<string, { readonly adaptation: Adaptation; readonly until: number }>();

  get(host: Teacher, model: string, call: LessonCall, now: number): Adaptation | undefined {
    const forAll = this.#known(key(host, model, call), now);
    const forSome = this.#known(key(host, model, call, host.alike?.(call)), now);
    return forAll && forSome ? merged(forAll, forSome) : (forSome ?? forAll);
  }

  /** The adaptation to try next, or undefined when the answer teaches nothing that is new and harmless. */
  learn(host: Teacher, model: string, facts: ErrorFacts, call: LessonCall, now: number): Adaptation | undefined {
    const before = this.get(host, model, call, now) ?? NOTHING;
    const lesson = host.lessonOf?.(facts, call, before);
    if (lesson === undefined) return undefined;
    const after = merged(before, lesson.adaptation);
    if (!isNew(before, after)) return undefined;
    const place = key(host, model, call, lesson.isSure ? undefined : host.alike?.(call));
    // The one that has not been of use for the longest.
    if (this.#learned.size >= MAX_ENTRIES) this.#learned.delete(this.#learned.keys().next().value!);
    const told = merged(this.#known(place, now) ?? NOTHING, lesson.adaptation);
    this.#learned.set(place, { adaptation: told, until: now + REMEMBER_MS });
    return after;
  }

  #known(place: string, now: number): Adaptation | undefined {
    const known = this.#learned.get(place);
    if (known === undefined || now >= known.until) return undefined;
    this.#learned.delete(place);
    this.#learned.set(place, known);
    return known.adaptation;
  }
}

type Teacher = Pick<Host, 'name' | 'lessonOf' | 'alike'>;

function merged(before: Adaptation, more: Adaptation): Adaptation {
  return {
    ...before,
    ...more,
    dropBetas: union(before.dropBetas, more.dropBetas).slice(-MAX_BETAS),
    dropFields: union(before.dropFields, more.dropFields),
  };
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

function key({ name }: Teacher, model: string, { endpoint }: LessonCall, alike?: string): string {
  return [name, model, endpoint, alike].join('/');
}
