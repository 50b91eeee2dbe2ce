import type { LinkFigures } from '../figures';
import type { ComparedRequest } from '../run-comparison';
import { byGravity, differenceCounts } from './gravity';
import { COLUMNS } from './words';

const MOST_LINES = 12;

/** For the terminal: figures, and the names of requests. No word of a prompt or an answer. */
export function reportText(compared: readonly ComparedRequest[], figures: readonly LinkFigures[]): string {
  const rows = [COLUMNS.map(([title]) => title), ...figures.map((each) => COLUMNS.map(([, of]) => of(each)))];
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: readonly string[]): string => {
    const cells = row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!)));
    return `  ${cells.join('  ')}`;
  };
  const different = byGravity(compared).filter((each) => differenceCounts(each).length > 0);
  const shown = different.slice(0, MOST_LINES).map((each) => {
    const links = differenceCounts(each).map(
      ({ link, kinds, trace }) => `${link}: ${kinds.join(', ')}${trace && ` (${trace})`}`,
    );
    return `  ${each.request.name}\n${links.map((text) => `    ${text}`).join('\n')}`;
  });
  const more = different.length > MOST_LINES ? [`  … and ${different.length - MOST_LINES} more`] : [];
  const title = `${different.length} of ${compared.length} requests differ`;
  return [...rows.map(line), '', title, ...shown, ...more].join('\n');
}
