import type { Row } from '../../lambda/engine/failure/verdict';
import { CLASSIFICATION_TABLE } from '../../lambda/hosts/errors/every-error';
import { markdownTable } from '../../local/report/markdown-table';

const HEAD = ['#', 'Signal', 'Only where', 'What happens', 'Reason', 'Whose fault', 'Health of the host'];

/** The text of docs/classification.md. */
export function classificationPage(): string {
  return `<!-- Made by scripts/classification; do not edit: npm run docs:classification -->

# The classification table

What the router does about a failure: the first row that fits decides. A signal is a status, a class of statuses, the type or code
of the vendor's error, or what happened to the connection; rows of one number come from one line of thought, and stand with the vendor
whose words they know. \`counts\`: by share and run of failures the breaker opens, never by one; \`rests\` is how long it then stays
open, where that is not the configured time. \`cools\`: at once, because it is sure for everybody.

${markdownTable(HEAD, CLASSIFICATION_TABLE.map(cells))}

Whatever fits no row (a 200 that is no answer, a redirect) goes to the next host and counts.
`;
}

function cells(row: Row): readonly string[] {
  return [
    String(row.row),
    row.on.map((signal) => `\`${signal}\``).join(' '),
    conditions(row).join('; '),
    row.action === 'retry' ? `retry, then ${row.whenRetriesUsed ?? 'next'}` : row.action,
    row.reason,
    row.owner,
    healthOf(row).join('; '),
  ];
}

const WHEN: Readonly<Record<NonNullable<Row['when']>, string>> = {
  anotherHostLeft: 'another host is left',
  withRetryAfter: 'it says when to come back',
  withoutRetryAfter: 'it does not say when to come back',
};

function conditions({ source, schema, when, text }: Row): string[] {
  return [
    ...(source === undefined ? [] : [`in ${source}'s form`]),
    ...(schema === undefined ? [] : [`the host's schema is ${schema}`]),
    ...(when === undefined ? [] : [WHEN[when]]),
    // A pipe would end the cell.
    ...(text === undefined ? [] : [`words like \`${text.source.replaceAll('|', '\\|')}\``]),
  ];
}

function healthOf({ counts, cooldownMs, restMs, heedsRetryAfter, coolForMonth, refreshCredential }: Row): string[] {
  const asked = heedsRetryAfter ? ', or as long as it says, at most 60 s' : '';
  return [
    ...(refreshCredential ? ['credential is read anew'] : []),
    ...(cooldownMs === undefined
      ? []
      : [`cools ${span(cooldownMs)}${coolForMonth ? ', at most to the end of the month' : asked}`]),
    ...(counts
      ? [`counts${restMs === undefined ? '' : `, rests ${span(restMs)}`}${cooldownMs === undefined ? asked : ''}`]
      : []),
  ];
}

const span = (ms: number): string => (ms < 60_000 ? `${ms / 1000} s` : `${ms / 60_000} min`);
