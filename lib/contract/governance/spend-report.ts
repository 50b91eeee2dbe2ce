/**
 * What the cost of tokens is told by, and the field of a request's line that says it. Not from the contract's index: the router
 * would load it at its start.
 */
export const SPEND_FIELDS = { team: 'client', model: 'served', host: 'host', user: 'user' } as const;
export type SpendKey = keyof typeof SPEND_FIELDS;
export const SPEND_KEYS = Object.keys(SPEND_FIELDS) as SpendKey[];

/** Rows that Logs Insights gives at most. */
export const MOST_ROWS = 10_000;

/** What a host has answered and has to be paid for. Of batches only their results know the tokens. */
const ANSWERED =
  "filter message = 'request' and ispresent(host) and endpoint in ['messages', 'chat_completions', 'responses']";
/** Another model may have answered than the one asked for. */
const SERVED = 'coalesce(answeredBy, model) as served';

/** Sums by some keys. Where only a share of the lines is written, each row has that share, for its reader to weigh it by. */
export function spendQuery(keys: readonly SpendKey[]): string {
  const fields = keys.map((key) => SPEND_FIELDS[key]);
  return [
    ANSWERED,
    `fields ${SERVED}`,
    `stats count(*) as requests, count(costUsd) as priced, sum(costUsd) as usd, sum(tokens) as tokens by ${fields.join(', ')}, sampled`,
    `limit ${MOST_ROWS}`,
  ].join(' | ');
}

/** The beginning of a query whose lines have `usd`: what a line stands for, where only a share of them is written. */
export const WEIGHED: readonly string[] = [
  ANSWERED,
  'fields costUsd / sampled as ofShare',
  `fields coalesce(ofShare, costUsd) as usd, ${SERVED}`,
];

/** Environment variables of the function that tells of the spend each day. */
export const SPEND_REPORT_ENV = {
  LOG_GROUP: 'LOG_GROUP',
  TOPIC_ARN: 'TOPIC_ARN',
  /** `daily`, `anomalies`, or both with a comma. */
  TELLS: 'TELLS',
} as const;
