import type { OrderConfig } from './order';

/** More than a percentage has digits, and less than anybody's slip. */
const ROUNDING = 1e-6;

/** Why an order does not fit a chain, one line a problem: where in the order, and what. */
export function orderProblems(
  order: OrderConfig,
  chain: readonly string[],
): readonly (readonly [at: string, problem: string])[] {
  if (typeof order === 'string') return [];
  const isWeights = 'weights' in order;
  const [at, values] = isWeights
    ? (['weights', order.weights] as const)
    : (['cheapest.priceFactors', order.cheapest.priceFactors] as const);
  const strangers = Object.keys(values).filter((host) => !chain.includes(host));
  const sum = Object.values(values).reduce((all, weight) => all + weight, 0);
  return [
    ...strangers.map((host) => [at, `host "${host}" is not in the chain; the chain has ${chain.join(', ')}`] as const),
    ...Object.entries(values)
      .filter(([, value]) => !(isWeights ? value >= 0 && value <= 100 : value > 0 && Number.isFinite(value)))
      .map(([host, value]) => [`${at}["${host}"]`, `got ${value}; must be ${isWeights ? WEIGHT : FACTOR}`] as const),
    ...(isWeights && !(Math.abs(sum - 100) <= ROUNDING)
      ? [[at, `they add up to ${sum}; they are percentages and must add up to 100`] as const]
      : []),
  ];
}

const WEIGHT = 'a percentage from 0 to 100: conversations that begin at the host';
const FACTOR = 'a number above 0: what the host takes, as a factor of its list price, such as 0.85';
