import { Command, Option } from 'commander';
import { SPEND_KEYS, type SpendKey } from '../../../../lib/contract/governance/spend-report';
import { money } from '../../../../lambda/functions/spend-report/columns';
import { type CostRow, total } from '../../../../lambda/functions/spend-report/costs';
import { findStack, type StackOptions } from '../../find-stack';
import { regionOption, stackOption } from '../../stack-option';
import { findLogGroup } from './find-log-group';
import { type Month, month, thisMonth } from './month';
import { reportCsv, reportTable } from './print-report';
import { bytesOf, readSpend } from './read-spend';

interface ReportOptions extends StackOptions {
  readonly by: SpendKey;
  readonly month: Month;
  readonly csv?: boolean;
  readonly logGroup?: string;
}

/** USD for a GB that Logs Insights looks through, in us-east-1: docs/prices.json. */
const SCANNED_GB_USD = 0.005;

export const reportCommand = (): Command =>
  new Command('report')
    .description(
      "what the tokens of a month have cost, by the lines of the router's log; AWS charges for what is looked through",
    )
    .addOption(new Option('--by <what>', 'what to add up by').choices(SPEND_KEYS).default('team'))
    .addOption(
      new Option('--month <yyyy-mm>', 'a calendar month, by UTC').argParser(month).default(thisMonth(), 'this one'),
    )
    .option('--csv', 'print CSV')
    .option('--log-group <name>', "the router's log group, where the stack does not tell")
    .addOption(stackOption())
    .addOption(regionOption())
    .action(report);

async function report(options: ReportOptions): Promise<void> {
  const { by, csv = false } = options;
  const found = await findStack(options);
  const { region } = found.stack;
  const place = { region, logGroup: options.logGroup ?? (await findLogGroup(found)) };
  // What is said of the report goes to stderr, so that a file has the report alone.
  const before = await bytesOf(options.month, place, process.env);
  console.error(`${options.month.name} (UTC), ${place.logGroup}: looks through about ${price(before)}`);
  const { rows, bytesScanned, daysCut } = await readSpend(by, options.month, place, process.env);
  console.log(csv ? reportCsv(by, rows) : reportTable(by, rows));
  console.error(`looked through ${price(bytesScanned)}; prices are list prices`);
  for (const remark of remarks(by, rows, daysCut)) console.error(remark);
}

const price = (bytes: number): string => {
  const gb = bytes / 1e9;
  return `${gb.toFixed(gb < 1 ? 3 : 1)} GB of log lines, ${money(gb * SCANNED_GB_USD)} USD at ${SCANNED_GB_USD} USD a GB as in us-east-1`;
};

function remarks(by: SpendKey, rows: readonly CostRow[], daysCut: number): string[] {
  const { requests, unpriced } = total(rows);
  return [
    ...(requests === 0
      ? ['there are no lines of answered requests: none came, or they are older than the log keeps them']
      : []),
    ...(unpriced > 0
      ? [
          `${Math.round(unpriced)} requests are not in USD: no price is known of their model, or no host told their tokens`,
        ]
      : []),
    ...(by === 'user' && requests > 0 && rows.every(({ user }) => user === undefined)
      ? [
          'no line names a user: the router writes digests of users where what they may spend is limited, and nothing else',
        ]
      : []),
    ...(daysCut > 0 ? [`${daysCut} days had more names than Logs Insights tells, so that the sums lack some`] : []),
  ];
}
