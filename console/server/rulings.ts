import { CLASSIFICATION_TABLE } from '../../lambda/hosts/errors/every-error';
import type { ShownJourney } from '../api';
import type { Journey } from '../view/journey';

const OWNERS: Readonly<Record<string, string>> = {
  host: 'the host’s fault',
  operator: 'ours to mend',
  request: 'the request’s own fault',
  client: 'nobody’s fault',
};

/** What the classification table has said about each failed step. */
export function ruled(journey: Journey): ShownJourney {
  return {
    ...journey,
    steps: journey.steps.map((step) => ({ ...step, ruling: rulingOf(step.row, step.outcome) })),
  };
}

function rulingOf(number: number | undefined, reason: string): string | undefined {
  if (number === undefined) return undefined;
  const rows = CLASSIFICATION_TABLE.filter(({ row }) => row === number);
  const row = rows.find((each) => each.reason === reason) ?? rows[0];
  if (row === undefined) return `row ${number}`;
  const what = row.action === 'retry' ? `retry, then ${row.whenRetriesUsed ?? 'next'}` : row.action;
  return `row ${number}: ${what}; ${OWNERS[row.owner] ?? row.owner}`;
}
