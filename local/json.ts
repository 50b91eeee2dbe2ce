export type Json = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function records(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** The first concrete path in `value` that the dotted `pattern` names; `*` stands for any index or key. */
export function findPath(value: unknown, pattern: string): string | undefined {
  const [head = '', ...rest] = pattern.split('.');
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, child] of Object.entries(value)) {
    if (head !== '*' && head !== key) continue;
    const below = rest.length === 0 ? '' : findPath(child, rest.join('.'));
    if (below !== undefined) return below === '' ? key : `${key}.${below}`;
  }
  return undefined;
}
