import type { OrderConfig } from '../../../lib/contract';
import { OUTAGES } from '../catalogue/outages';
import type { Incident } from '../incident';
import { lambdaBy, serveBy } from '../policies/router';
import { runTraffic, spanOf } from '../run-traffic';
import { sound } from '../world/script';
import { conversing } from './conversations';
import { orderFigures, PRICES, type OrderFigures } from './order-figures';

export const ORDERS: Readonly<Record<string, OrderConfig>> = {
  listed: 'listed',
  'weights 70/30': { weights: { anthropic: 70, 'bedrock-a': 30 } },
  fastest: 'fastest',
  cheapest: { cheapest: { priceFactors: { 'bedrock-a': PRICES['bedrock-a']! } } },
};
const SHAPES = { serve: serveBy, lambda: lambdaBy } as const;

const outage = (id: string): Incident => OUTAGES.find((each) => each.id === id)!;
export const SITUATIONS: readonly Pick<Incident, 'id' | 'title' | 'hosts' | 'span'>[] = [
  { id: 'calm', title: 'all hosts are sound', hosts: {} },
  outage('slow-3'),
  outage('first-three-down'),
  outage('flapping'),
];

/** By situation, order and shape. */
export type OrderResults = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, OrderFigures>>>>>>;

export async function runOrders(minutes: number, progress: (what: string) => void): Promise<OrderResults> {
  const results: Record<string, Record<string, Record<string, OrderFigures>>> = {};
  for (const incident of SITUATIONS) {
    for (const [name, order] of Object.entries(ORDERS)) {
      for (const [shape, policyBy] of Object.entries(SHAPES)) {
        const figures = await runOrder(incident, policyBy(order), minutes);
        ((results[incident.id] ??= {})[name] ??= {})[shape] = figures;
        progress(`${incident.id}, ${name}, ${shape}`);
      }
    }
  }
  return results;
}

async function runOrder(
  incident: (typeof SITUATIONS)[number],
  policy: ReturnType<typeof serveBy>,
  minutes: number,
): Promise<OrderFigures> {
  const traffic = { policy, minutes, incident, attack: conversing };
  const span = spanOf(traffic);
  const slowness = (host: string, at: number): number => {
    const script = incident.hosts[host as keyof Incident['hosts']] ?? sound;
    const condition = at < span.from || at >= span.to ? undefined : script((at - span.from) / 1000, 1);
    return condition?.kind === 'slow' ? condition.factor : 1;
  };
  return orderFigures(await runTraffic(traffic), span, slowness);
}
