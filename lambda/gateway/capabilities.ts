/** What only some routers can do, each part loaded where it is configured. In a module of its own, which a router that has none of it never loads. */
import type { AuditConfig, FigureEntry, QueueConfig, RouterConfig } from '../../lib/contract';
import type { Audit } from './audit/audit';
import type { Around } from './audit/create-audit';
import type { BatchesDoor } from './batches/batches';
import type { BatchesWorld } from './batches/open-batches';
import type { createCache } from './cache/create-cache';
import type { ResponseCache } from './cache/response-cache';
import type { createLimits, Limits } from './limits/create-limits';
import type { Orders } from './order/create-orders';
import type { createPolicies, Policies } from './policy/policies';
import type { RequestQueue, RequestQueueParts } from './queue/request-queue';
import type { createSpend } from './spend/create-spend';
import type { Spend } from './spend/spend';

export async function audit(config: AuditConfig, around: Around): Promise<Audit> {
  const { createAudit } = await import('./audit/create-audit');
  return createAudit(config, around);
}

export async function orders(config: RouterConfig, tell: (entry: FigureEntry) => void): Promise<Orders> {
  const { createOrders } = await import('./order/create-orders');
  return createOrders(config, tell);
}

export async function policies(...given: Parameters<typeof createPolicies>): Promise<Policies> {
  const { createPolicies } = await import('./policy/policies');
  return createPolicies(...given);
}

export async function limits(...given: Parameters<typeof createLimits>): Promise<Limits> {
  const { createLimits } = await import('./limits/create-limits');
  return createLimits(...given);
}

export async function spend(...given: Parameters<typeof createSpend>): Promise<Spend> {
  const { createSpend } = await import('./spend/create-spend');
  return createSpend(...given);
}

export async function queue(config: QueueConfig, parts: RequestQueueParts): Promise<RequestQueue> {
  const { createRequestQueue } = await import('./queue/create-request-queue');
  return createRequestQueue(parts, config);
}

export async function batches(world: BatchesWorld): Promise<BatchesDoor> {
  const { openBatches } = await import('./batches/open-batches');
  return openBatches(world);
}

export async function cache(...given: Parameters<typeof createCache>): Promise<ResponseCache> {
  const { createCache } = await import('./cache/create-cache');
  return createCache(...given);
}
