/**
 * What synth and run share: the router's configuration, and every name that crosses that border.
 * Imports nothing else, so that constructs and handlers may both depend on it.
 */
export * from './contract/canary';
export * from './contract/findings';
export * from './contract/health';
export * from './contract/metrics';
export * from './contract/names';
export * from './contract/router-config';
export * from './contract/stack';
