/**
 * What synth and run share: the router's configuration, and every name that crosses that border.
 * Imports nothing else, so that constructs and handlers may both depend on it.
 * Not from here come hours-problems, order-problems and the values of cache: what stands here, the router loads at its start.
 */
export * from './canary';
export * from './custom-resources';
export * from './findings';
export * from './forms';
export * from './health';
export * from './hosts';
export type { CacheConfig } from './routes/cache';
export * from './routes/hours';
export * from './limits';
export * from './metrics';
export * from './names';
export * from './routes/order';
export * from './presets';
export * from './regions';
export * from './router-config';
export * from './stack';
