import { prices, shapes, stack } from '../../docs/prices.json';

const MONTH_HOURS = 30 * 24;
const { measuredCpuMs, heldGb, requestsPerEnvironment, webFunctionRates, fargate } = shapes;

/** A month's requests, and how many of them are under way on average. */
export interface ShapeLoad {
  readonly requests: number;
  readonly atATime: number;
  /** Of requests and answers together. */
  readonly gigabytes: number;
}

export type Rates = keyof typeof webFunctionRates;
type Price = keyof typeof prices;
const cost = (price: Price, amount: number): number => (amount * prices[price].usd) / prices[price].per;
export const cpuHours = ({ requests }: ShapeLoad): number => (requests * measuredCpuMs) / 1000 / 3600;

/** What runs the router, and what stands before it, in USD a month; what all shapes have in common is left out. */
export const SHAPE_COST = {
  lambda: ({ requests, atATime }: ShapeLoad): number =>
    cost('apiRequest', requests) +
    cost('lambdaRequest', 2 * requests) +
    cost('lambdaGbSecond', atATime * MONTH_HOURS * 3600 * stack.functionsGb.Router),

  webFunction: (load: ShapeLoad, rates: Rates): number => {
    const { vcpuHour, gbHour, millionRequests } = webFunctionRates[rates];
    // While there is anything to do: with little traffic one environment, now and then.
    const environments = Math.max(1 - Math.exp(-load.atATime), load.atATime / requestsPerEnvironment);
    return (
      cpuHours(load) * vcpuHour + environments * MONTH_HOURS * heldGb * gbHour + (load.requests / 1e6) * millionRequests
    );
  },

  fargate: (load: ShapeLoad): number => {
    const { vcpu, gb, minTasks, cpuShare, balancerAddresses } = fargate;
    const tasks = Math.max(minTasks, cpuHours(load) / MONTH_HOURS / cpuShare / vcpu);
    const perTask = cost('fargateVcpuHour', vcpu) + cost('fargateGbHour', gb) + cost('publicIpHour', 1);
    const units = Math.max(
      load.gigabytes / MONTH_HOURS,
      load.atATime / 3000,
      load.requests / (MONTH_HOURS * 3600) / 25,
    );
    const balancer =
      cost('balancerHour', 1) + cost('balancerUnitHour', units) + cost('publicIpHour', balancerAddresses);
    return MONTH_HOURS * (tasks * perTask + balancer);
  },
} as const;
