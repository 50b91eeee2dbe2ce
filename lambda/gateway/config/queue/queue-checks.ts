import type { RouterConfig } from '../../../../lib/contract';
import { unknown } from '../unknown-names';

/** Waiting without a place to wait in, webhooks of nobody. */
export function queueProblems({ queue, routes, clients = [] }: RouterConfig): string[] {
  const homeless = routes.flatMap(({ whenDown }, index) =>
    whenDown === 'queue' && queue === undefined
      ? [`routes[${index}].whenDown: "queue" needs "queue", where the requests wait; add it or take this out`]
      : [],
  );
  const names = clients.map(({ name }) => name);
  const webhooks = queue?.webhooks?.map(({ client }) => client) ?? [];
  const twice = webhooks.flatMap((client, index) =>
    webhooks.indexOf(client) < index
      ? [`queue.webhooks[${index}].client: "${client}" has webhooks already; give each client one entry`]
      : [],
  );
  return [...homeless, ...unknown('queue.webhooks', 'client', webhooks, names), ...twice];
}
