import type { Model } from './model';

/** An id or alias of the model; `*` at the end stands for any rest. */
export function matchesPattern(pattern: string, { id, aliases }: Pick<Model, 'id' | 'aliases'>): boolean {
  return [id, ...aliases].some((name) =>
    pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern,
  );
}

/** Whether a route takes the model; one without patterns takes all. */
export function takesModel(patterns: readonly string[] | undefined, model: Pick<Model, 'id' | 'aliases'>): boolean {
  return !patterns || patterns.some((pattern) => matchesPattern(pattern, model));
}
