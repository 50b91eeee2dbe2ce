import { markdownTable } from '../../../local/report/markdown-table';
import { count } from '../../scale/page/numbers';
import type { Figures } from '../figure-names';
import type { IncidentRow } from '../run-row';
import { figuresOn, type Side } from './sides';
import { isMet, measuredText, targetText } from './words';

/** What each side comes to where a target is set: a line an incident. */
export function targetsTable(rows: readonly IncidentRow[], sides: readonly Side[]): string {
  return markdownTable(
    ['Incident', 'Target', ...sides.map(({ name }) => name)],
    rows.flatMap(({ id, title, targets }) =>
      targets.map((target, index) => [
        index === 0 ? title : '',
        targetText(target),
        ...sides.map((side) => {
          const figures = figuresOn(side, id);
          if (figures === undefined) return '';
          const measured = measuredText(target, figures);
          return isMet(target, figures) ? measured : `**${measured}**`;
        }),
      ]),
    ),
    'numbers',
  );
}

const HEAD = [
  'failed',
  'left a sound primary',
  'attempts a request',
  'tokens lost',
  'caches lost',
  'processes',
  'left after',
  'back after',
];

/** Everything that is measured: a table an incident, a line a side. */
export function figuresTables(rows: readonly IncidentRow[], sides: readonly Side[]): string {
  return rows
    .map(({ id, title }) => {
      const lines = sides.flatMap((side) => {
        const figures = figuresOn(side, id);
        return figures === undefined ? [] : [[side.name, ...cells(figures)]];
      });
      return markdownTable([`**${title}**`, ...HEAD], lines, 'numbers');
    })
    .join('\n\n');
}

function cells(figures: Figures): string[] {
  return [
    figures.failed.toLocaleString('en-US'),
    figures.leftSound.toLocaleString('en-US'),
    figures.attempts.toFixed(2),
    count(figures.tokensLost),
    figures.cachesLost.toLocaleString('en-US'),
    figures.processes?.toLocaleString('en-US') ?? '',
    duration(figures.leftAfter),
    duration(figures.backAfter),
  ];
}

const duration = (seconds: number | undefined): string => (seconds === undefined ? '' : `${seconds} s`);
