import { closest } from '../../../lib/catalog/closest';

/** Names that stand for nothing, one line each. */
export function unknown(path: string, what: string, names: readonly string[], known: readonly string[]): string[] {
  return names.flatMap((name, index) =>
    known.includes(name)
      ? []
      : [
          `${path}[${index}]: there is no ${what} "${name}"; did you mean "${closest(name, known, 1).join()}"? ` +
            `The ${what}s are ${known.join(', ')}`,
        ],
  );
}
