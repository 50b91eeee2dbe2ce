type Cells = readonly (string | number)[];

/** As Markdown has it. Columns of numbers, all but the first, end at the same place. */
export function markdownTable(head: Cells, rows: readonly Cells[], columns: 'texts' | 'numbers' = 'texts'): string {
  const rule = head.map((_, column) => (columns === 'numbers' && column > 0 ? '--:' : '---'));
  return [head, rule, ...rows].map(row).join('\n');
}

/** A row ends with its line. */
const row = (cells: Cells): string => `| ${cells.join(' | ').replaceAll('\n', ' ')} |`;
