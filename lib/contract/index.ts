/**
 * What synth and run share: the router's configuration, and every name that crosses that border.
 * Imports nothing else, so that constructs and handlers may both depend on it.
 * Not from here come batch-names, hours-problems, order-problems, the values of cache and what requests that wait are called: what stands here,
 * the router loads at its start.
 */
export * from './batches/batches';
export * from './canary';
export * from './custom-resources';
export * from './findings';
export * from './forms';
export * from './governance/audit';
export * from './governance/spend';
export type * from './governance/fair-queue';
export type * from './governance/policy';
export * from './health';
export * from './hosts';
export type { CacheConfig } from './routes/cache';
export * from './routes/hours';
export * from './limits';
export * from './metrics';
export * from './names';
export * from './routes/order';
export * from './presets';
export type * from './queue/queue';
export * from './regions';
export * from './router-config';
export * from './stack';
