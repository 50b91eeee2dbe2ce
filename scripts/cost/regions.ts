import { prices, regions, stack } from '../../docs/prices.json';
import { COMPONENTS, gb, MONTH_SECONDS, monthlyUsd, ROUNDS } from './components';

const checkers = regions.checkedFrom * regions.checkersInRegion;
/** Looks of Route 53 at one region in a month. */
const looks = (seconds: number): number => (checkers * MONTH_SECONDS) / seconds;
/** What the half rate of its canary saves a region; the endpoint is asked as often as ever. */
const HALVED = ['Canary: schedule and Lambda', 'Canary: health table', 'Canary: logs'];
const rounds = ROUNDS / 2;

interface Row {
  readonly name: string;
  readonly usd: number;
}

/** Both regions together, idle, with looks that far apart. */
export function pairRows(seconds: 10 | 30): readonly Row[] {
  const one = COMPONENTS.map(([name, uses]) => monthlyUsd(uses, 0) / (HALVED.includes(name) ? 2 : 1));
  // Keys are watched where they are kept.
  const keysWatched = prices.customMetric.usd + prices.alarmMetric.usd;
  const check = prices.healthCheck.usd + (seconds === 10 ? 3 : 2) * prices.healthCheckOption.usd;
  const perLook = prices.apiRequest.usd / 1e6 + prices.lambdaRequest.usd / 1e6;
  const gbSeconds = (looks(seconds) * regions.lookMs * stack.functionsGb.Router) / 1000;
  const looking = looks(seconds) * perLook + gbSeconds * prices.lambdaGbSecond.usd;
  const lines = gb(looks(seconds), regions.lookLogKb) * prices.logGb.usd;
  const otherRegion =
    2 * (prices.customMetric.usd + prices.alarmMetric.usd) +
    prices.alarmMetric.usd +
    (2 * rounds * prices.apiRequest.usd) / 1e6;
  return [
    {
      name: 'Two idle stacks, canaries at half the rate',
      usd: 2 * one.reduce((sum, usd) => sum + usd, 0) - keysWatched,
    },
    { name: 'Hosted zone', usd: prices.hostedZone.usd },
    { name: `Two health checks, HTTPS and a text, every ${seconds} seconds`, usd: 2 * check },
    {
      name: `Their looks, as requests to API Gateway and Lambda (${looks(seconds).toLocaleString('en-US')} a region)`,
      usd: 2 * (looking + lines),
    },
    {
      name: 'Secret of a team, kept and replicated; replicas take the place of the second stack’s own',
      usd: 2 * prices.secret.usd,
    },
    { name: 'Look at the other region: metric, alarms, requests', usd: otherRegion },
  ];
}

export const pairUsd = (rows: readonly Row[]): number => rows.reduce((sum, { usd }) => sum + usd, 0);
