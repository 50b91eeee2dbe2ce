/**
 * What synth and run share: the router's configuration, and every name that crosses that border.
 * Imports nothing else, so that constructs and handlers may both depend on it.
 */
export * from './canary';
export * from './findings';
export * from './forms';
export * from './health';
export * from './hosts';
export * from './limits';
export * from './metrics';
export * from './names';
export * from './presets';
export * from './regions';
export * from './router-config';
export * from './stack';
