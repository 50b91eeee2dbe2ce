import { markdownTable } from '../../../local/report/markdown-table';
import { count } from '../../scale/page/numbers';
import { PER_SECOND } from '../world/traffic';
import type { OrderFigures } from './order-figures';
import { ORDERS, SITUATIONS, type OrderResults } from './run-orders';

/** What the orders of a version come to. */
export interface OrdersMeasured {
  readonly version: string;
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly minutes: number;
  readonly results: OrderResults;
}

const HEAD = ['order', 'shape', 'failed', 'caches lost', 'prompts cost', 'all costs', 'first content', 'who answered'];

/** A table a situation, a line an order and shape. */
export function ordersTables(results: OrderResults): string {
  return SITUATIONS.map(({ id, title }) => {
    const lines = Object.keys(ORDERS).flatMap((order) =>
      Object.entries(results[id]?.[order] ?? {}).map(([shape, figures]) => [order, shape, ...cells(figures)]),
    );
    return `**${title}**\n\n${markdownTable(HEAD, lines, 'numbers')}`;
  }).join('\n\n');
}

const cells = ({ failed, misses, promptCost, cost, firstContentMs, shares }: OrderFigures): string[] => [
  count(failed),
  count(misses),
  `${Math.round(promptCost)} %`,
  `${Math.round(cost)} %`,
  `${count(Math.round(firstContentMs))} ms`,
  Object.entries(shares)
    .sort(([, one], [, another]) => another - one)
    .map(([host, percent]) => `${host} ${Math.round(percent)} %`)
    .join(', '),
];

/** The text of docs/order.md. */
export const ordersPage = ({ version, date, minutes, results }: OrdersMeasured): string => `# The order of hosts

<!-- Made by bench/incidents/orders: change its data or code, then run npm run bench:incidents -- --orders --minutes 6 --write. -->

A route's [\`order\`](configuration.md#orders) says how its chain is arranged for a conversation.

| Order      | A conversation begins at                                                    | Take it when                                                                  |
| ---------- | --------------------------------------------------------------------------- | ----------------------------------------------------------------------------- |
| \`listed\`   | the first host                                                              | there is a reason for the first: this is the default, and the best for caches |
| \`weights\`  | each host, by its share                                                     | one quota is not enough, or a commitment has to be used up at two places      |
| \`fastest\`  | the first host, or one behind it that is 30 % sooner with its first content | somebody waits for each first word, and no quota is short                     |
| \`cheapest\` | the host that takes the least                                               | a discount is worth more than warm caches elsewhere                           |

In code: \`order: RoutingOrder.weights({ anthropic: 70, 'bedrock-us-east-1': 30 })\`, \`.fastest()\`, \`.cheapest({ priceFactors: { 'bedrock-us-east-1': 0.85 } })\`, on
the router or a route; in \`failover.config.ts\` as in the router's JSON. \`npx claude-failover weights\` does the same [for a while](drill.md). Whatever comes
after the first host is in the same order, so that a failover goes to the next best.

## What no order does

- Go anywhere the chain does not: residency, consent to other models, and what a host cannot do are settled before it. Last resorts and fallbacks are asked as they are listed.
- Beat health: a host that is down, cooling or drained is skipped, and a recovered one ramps, whatever it costs and however fast it was.
- Beat a person: \`x-failover-only\` and \`x-failover-chain\` are taken as they stand, and an operator's weights win.
- Move a conversation that has begun, as long as its host is healthy.

## How a conversation stays

A prompt cache is at one host, and reading it costs a twelfth of writing it. So all is decided for a conversation: one whose request has no answer of the model in
it is new; its session, user or first message tell it from others.

- \`weights\` need no memory. Each host draws its luck for each conversation, and the luckiest by weight is first: so it is the same in every process and after
  every restart, and other weights move only the conversations that they have to.
- \`fastest\` and \`cheapest\` go by one figure for each host and model, which routers share by the health table and which changes only when it has changed by 10 %.
  A process remembers where the last 10,000 conversations began, for an hour. One that it has not seen begin (another process has, or it was started anew) is
  placed by the figures as they were when it began, as far as that can be told: by those before the last change, for a minute a turn that it has had and five minutes at
  the most, which is what a prompt cache lives without a turn; then by those of now. In Lambda, where turns go to any process, a change of the figures may so
  cost a conversation its cache: below, where the first host slows, and where it fails.
- When its host fails, a conversation goes to the next, and stays there.

## How \`fastest\` sees

The time to the first content, as an average with a half-life of five minutes. Answers that clients get whole count, as hosts stream them too (\`unaryAsStream\`). A host that
becomes half as slow again is noticed within some samples instead, in steps of 15 seconds. From 30 % slower than a host behind it, a host loses conversations: the
slower, the more, and at twice as slow all. To the faster of two that are drawn among the faster ones. So a host that saturates takes what it can, and
nobody flaps. \`trickle\` (0.02) is the share of conversations that begin at any host, so that all are known. A host that nobody has measured is neither preferred nor left.

Proven on a simulated clock, with noise of ±50 %, for 1, 2 and 20 processes with one table: new conversations have left a host that slows to three times within a
minute, and come back in about a quarter of an hour; 20 processes never send more than three quarters of them to a host that saturates at half
(\`test/engine/order\`).

## How \`cheapest\` counts

List price of ten tokens of prompt for each of the answer, times \`priceFactors\`, a tenth more where a host keeps requests in a region or geography (since Claude 4.5), and
what prompts have cost there by their caches: a host whose caches do not take is dearer. Of hosts within 2 % the one that is listed first. Prices are
in [prices.ts](../lib/catalog/prices.ts).

## What it costs

${minutes} minutes at ${PER_SECOND} requests a second through the real router of version ${version}, ${date}, in virtual time, to hosts that follow a script, as in [incidents.md](incidents.md): conversations
of six turns, one every 83 seconds. \`bedrock-a\` has a discount of 15 %, \`bedrock-b\` the surcharge of a geographic profile, all have the same speed. Nothing
here was run against a real host. \`serve\` is one process, \`lambda\` a process for each request at a time with one table.

${ordersTables(results)}

- **Caches lost**: turns of conversations that had begun and found no prompt cache, because the turn before was at another host.
- **Prompts cost**: what prompts cost (written 1.25, read 0.1), in percent of what they would with no cache lost.
- **All costs**: prompts and answers by the hosts' prices, in percent of list price with no cache lost.
- **First content**: mean, while the incident lasts.

\`npm run bench:incidents -- --orders\` prints these tables.
`;
