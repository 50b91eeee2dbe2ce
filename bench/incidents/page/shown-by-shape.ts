import type { FigureName } from '../figure-names';
import type { PolicyName } from '../policies';
import type { IncidentResults } from '../run-rows';

const SHAPES: readonly (readonly [PolicyName, string])[] = [
  ['lambda', 'Lambda'],
  ['webFunction', 'Web Function'],
  ['fargate', 'Fargate'],
];

/** A figure of an incident, shape by shape: `62 s with Lambda, 11 s with Web Function, 12 s with Fargate`. */
export const shownBy =
  ({ rows }: IncidentResults) =>
  (id: string, figure: FigureName, unit: string): string =>
    SHAPES.map(([policy, name]) => {
      const value = rows[id]?.[policy]?.figures[figure]?.toLocaleString('en-US') ?? 'never';
      return `${`${value} ${unit}`.trimEnd()} with ${name}`;
    }).join(', ');
