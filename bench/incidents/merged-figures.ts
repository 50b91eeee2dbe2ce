import type { FigureName, Figures } from './figure-names';

/** Of each request: their mean over the runs is one over the requests. All others are counts. */
const PER_REQUEST: ReadonlySet<FigureName> = new Set(['left', 'attempts', 'attemptsPerHost']);
/** Of one incident that has a beginning and an end, and of one run's processes. */
const OF_ONE: ReadonlySet<FigureName> = new Set(['leftAfter', 'backAfter', 'served', 'untrue', 'processes']);

/** Several runs as one. */
export function mergedFigures(all: readonly Figures[]): Figures {
  const requests = all.reduce((sum, figures) => sum + figures.requests, 0);
  const names = (Object.keys(all[0]!) as FigureName[]).filter((name) => !OF_ONE.has(name));
  const merged = names.map((name) => {
    const weight = (figures: Figures): number => (PER_REQUEST.has(name) ? figures.requests / requests : 1);
    return [name, all.reduce((sum, figures) => sum + weight(figures) * (figures[name] ?? 0), 0)] as const;
  });
  return Object.fromEntries(merged) as unknown as Figures;
}
