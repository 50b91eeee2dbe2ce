/** Queries that are saved in the workgroup; `audit` is the table. A day is one that somebody fills in. */
export const QUERIES: readonly (readonly [id: string, description: string, sql: (table: string) => string])[] = [
  [
    'TeamOfADay',
    "One team's requests of a day: change year, month, day and client",
    (
      table,
    ) => `SELECT at, request_id, "user", model, host, answered_by, outcome, status, input_tokens, output_tokens, cost_usd
FROM ${table}
WHERE year = 2026 AND month = 11 AND day = 28 AND kind = 'request' AND client = 'default'
ORDER BY at`,
  ],
  [
    'OperatorsActs',
    'Every act of operators in a year',
    (table) => `SELECT at, operator, act, target, details, undone
FROM ${table}
WHERE year = 2026 AND kind = 'act'
ORDER BY at DESC`,
  ],
  [
    'OtherModelOrPlace',
    'Answers of another model than the one asked for, or from outside of a geography: change eu and the month',
    (table) => `SELECT at, request_id, client, model, answered_by, host, served_in
FROM ${table}
WHERE year = 2026 AND month = 11 AND kind = 'request' AND outcome IN ('answered', 'died')
  AND (answered_by IS NOT NULL OR served_in IS NULL OR NOT (served_in = 'eu' OR served_in LIKE 'eu-%' OR served_in LIKE 'europe-%'))
ORDER BY at`,
  ],
];
