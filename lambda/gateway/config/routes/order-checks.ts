import type { RouterConfig } from '../../../../lib/contract';
import { hoursProblems } from '../../../../lib/contract/routes/hours-problems';
import { orderProblems } from '../../../../lib/contract/routes/order-problems';

/** Hosts that an order names and its chain lacks, percentages that do not add up, hours that are none. */
export const orderingProblems = ({ routes }: RouterConfig): string[] =>
  routes.flatMap(({ order = 'listed', hours, chain }, index) => [
    ...orderProblems(order, chain).map(([at, problem]) => `routes[${index}].order.${at}: ${problem}`),
    ...(hours ? hoursProblems(hours) : []).map(([field, problem]) => `routes[${index}].hours.${field}: ${problem}`),
  ]);
