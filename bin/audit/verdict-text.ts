import type { Verdict } from './verdict';

const MOST = 50;

/** What was looked at, what was found, and what a look like this cannot show. */
export function verdictText(verdict: Verdict, knowsHeads: boolean): string {
  const { objects, records, writers, ended, confirmed, continued, duplicates, late, findings } = verdict;
  const open = writers - ended - confirmed;
  const lines = [
    `${count(records, 'record')} of ${count(writers, 'writer')} in ${count(objects, 'object')}`,
    `${ended} ended as they should; of ${confirmed} more the log says the same last record; of ${open} nobody says where they end`,
    ...(continued > 0 ? [`${continued} began before this time: what they wrote then is another look's`] : []),
    ...(duplicates > 0
      ? [`${count(duplicates, 'record')} delivered more than once, each time the same: Firehose may do that`]
      : []),
    ...(late > 0 ? [`${count(late, 'record')} delivered after later ones: Firehose keeps no order`] : []),
    ...(knowsHeads
      ? []
      : ["without the router's log, a chain whose end was cut off looks whole: give --log-group or --heads"]),
    '',
    ...findings.slice(0, MOST).map(({ what, text }) => `${what.toUpperCase()}  ${text}`),
    ...(findings.length > MOST ? [`and ${findings.length - MOST} more`] : []),
    ...(findings.length > 0 ? [''] : []),
    findings.length === 0
      ? 'INTACT: nothing is missing, nothing was changed.'
      : `NOT INTACT: ${count(findings.length, 'finding')}.`,
  ];
  return lines.join('\n');
}

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;
