import type { Search } from '../../../console/source';

/** Rows that Logs Insights gives at most. */
export const MOST_ROWS = 10_000;

/** As a text of the language of Logs Insights. */
const quoted = (text: string): string =>
  `'${text
    .replace(/[\p{Cc}|]/gu, '')
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")}'`;

/** In the words of a line. Other hosts may have names that end alike. */
const FIELDS = ['client', 'model', 'outcome', 'requestId'] as const;

/** The newest lines of requests. A few more may come than are looked for: who reads them goes through them once more. */
export function searchQuery(search: Search, most: number): string {
  const conditions = [
    "message = 'request'",
    ...FIELDS.flatMap((name) => (search[name] === undefined ? [] : [`${name} = ${quoted(search[name])}`])),
    ...(search.host === undefined ? [] : [`strcontains(trace, ${quoted(`${search.host}:`)}) = 1`]),
    // Whoever was served at once, by the first host that was asked, has a trace of one word.
    ...(search.isTroubled === true ? ["(strcontains(trace, ', ') = 1 or outcome != 'answered')"] : []),
  ];
  return `filter ${conditions.join(' and ')} | fields @message | sort @timestamp desc | limit ${most}`;
}

export const journeyQuery = (requestId: string): string =>
  `filter requestId = ${quoted(requestId)} and message in ['request', 'attempt'] | fields @message | limit 100`;

const FAILED = "filter message = 'attempt' and outcome != 'ok' and outcome != 'client-gone'";

/** Failed attempts by host and reason. */
export const reasonsQuery = (): string => `${FAILED} | stats count(*) as failures by host, outcome | limit 500`;

/** And by time as well. */
export const reasonsInTime = (everyMs: number): string =>
  `${FAILED} | stats count(*) as failures by bin(${Math.round(everyMs / 1000)}s), host, outcome | limit ${MOST_ROWS}`;
