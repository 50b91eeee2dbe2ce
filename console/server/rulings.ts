import type { Row } from '../../lambda/engine/failure/verdict';
import { CLASSIFICATION_TABLE } from '../../lambda/hosts/errors/every-error';
import type { ShownJourney } from '../api';
import type { Journey } from '../view/journey';

const OWNERS: Readonly<Record<Row['owner'], string>> = {
  host: 'the host’s fault',
  operator: 'ours to mend',
  request: 'the request’s own fault',
  client: 'nobody’s fault',
};

/** What the classification table has said about each failed step. */
export function ruled(journey: Journey): ShownJourney {
  const last = journey.steps.length - 1;
  return {
    ...journey,
    steps: journey.steps.map((step, index) => ({ ...step, ruling: rulingOf(step.row, step.outcome, index < last) })),
  };
}

/** `wentOn`: another call came after it, so that it was not returned. Of rows that share a number, what they agree on. */
function rulingOf(number: number | undefined, reason: string, wentOn: boolean): string | undefined {
  if (number === undefined) return undefined;
  const rows = CLASSIFICATION_TABLE.filter(
    (row) => row.row === number && row.reason === reason && !(wentOn && row.action === 'return'),
  );
  const whats = new Set(rows.map(whatOf));
  const owners = new Set(rows.map(({ owner }) => OWNERS[owner]));
  const said = [[...whats].join(' or '), owners.size === 1 ? [...owners].join() : ''].filter((part) => part !== '');
  return [`row ${number}`, said.join('; ')].filter((part) => part !== '').join(': ');
}

const whatOf = ({ action, whenRetriesUsed }: Row): string =>
  action === 'retry' ? `retry, then ${whenRetriesUsed ?? 'next'}` : action;
