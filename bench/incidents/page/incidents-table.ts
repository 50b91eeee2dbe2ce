import { count, table } from '../../scale/markdown';
import type { Figures } from '../figures';
import type { Row, RowResult } from '../run-row';
import type { Side } from './sides';
import { isMet, metBy, measuredText, targetText } from './words';

const HEAD = [
  'Incident and target',
  '',
  'target',
  'failed',
  'left a sound primary',
  'attempts a request',
  'tokens lost',
  'caches lost',
  'left after',
  'back after',
];

/** One line for each incident and side. */
export function incidentsTable(rows: readonly Row[], sides: readonly Side[]): string {
  return table(
    HEAD,
    rows.flatMap((row) =>
      sides.flatMap(({ name, results, policy }, index) => {
        const result = results.rows[row.id]?.[policy];
        return result === undefined ? [] : [[index === 0 ? about(row) : '', name, ...cells(row, result)]];
      }),
    ),
  );
}

const about = ({ title, targets }: Row): string => `**${title}**: ${targets.map(targetText).join(', ')}`;

function cells({ targets }: Row, { figures }: RowResult): string[] {
  const verdicts = targets.map((target) =>
    isMet(target, figures) ? measuredText(target, figures) : `**${measuredText(target, figures)}**`,
  );
  return [
    `${metBy(targets, figures) ? 'met' : '**missed**'}: ${verdicts.join(', ')}`,
    figures.failed.toLocaleString('en-US'),
    figures.leftSound.toLocaleString('en-US'),
    figures.attempts.toFixed(2),
    count(figures.tokensLost),
    figures.cachesLost.toLocaleString('en-US'),
    duration(figures.leftAfter),
    duration(figures.backAfter),
  ];
}

const duration = (seconds: Figures['leftAfter']): string => (seconds === undefined ? '' : `${seconds} s`);
