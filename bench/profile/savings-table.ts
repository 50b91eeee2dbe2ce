import { prices, stack, traffic } from '../../docs/prices.json';
import { costUsd } from '../../lib/catalog/prices';
import { markdownTable } from '../../local/report/markdown-table';
import { MODEL, SHORT_JSON } from '../answers';

const A_MINUTE = [10, 1_000, 100_000];
const MINUTES = 30 * 24 * 60;
/** More than a request of this router took in any run: what a router would save that took nothing at all. */
const CPU_SECONDS = 400e-6;
/** Where Lambda gives a whole processor. */
const GB_OF_A_VCPU = 1769 / 1024;
/** How busy tasks are kept, so that they can take a peak. */
const UTILISATION = 0.5;

const usage: unknown = JSON.parse(SHORT_JSON.toString());
const tokens = costUsd(MODEL, (usage as { readonly usage: Readonly<Record<string, unknown>> }).usage) ?? NaN;

const COLUMNS: Readonly<Record<string, (requests: number) => number>> = {
  'tokens, as in the bench': (requests) => requests * tokens,
  'Lambda, while it waits': (requests) =>
    requests * traffic.answerSeconds * stack.functionsGb.Router * prices.lambdaGbSecond.usd,
  'all CPU of the router on Lambda': (requests) => requests * CPU_SECONDS * GB_OF_A_VCPU * prices.lambdaGbSecond.usd,
  'all CPU of the router on Fargate': (requests) =>
    ((requests * CPU_SECONDS) / 3600 / UTILISATION) * prices.fargateVcpuHour.usd,
};

const money = (usd: number): string =>
  usd < 0.01 ? '< 0.01' : usd.toLocaleString('en-US', { maximumFractionDigits: usd < 100 ? 2 : 0 });

/** USD a month. */
export function savingsTable(): string {
  const rows = A_MINUTE.map((many) => [
    many.toLocaleString('en-US'),
    ...Object.values(COLUMNS).map((cost) => money(cost(many * MINUTES))),
  ]);
  return markdownTable(['Requests a minute', ...Object.keys(COLUMNS)], rows, 'numbers');
}
