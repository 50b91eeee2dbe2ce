/** Client name of the canary, which may steer `only`. */
export const CANARY_CLIENT = 'canary';

/** Forms of request the canary sends in turn. */
export const CANARY_SHAPES = [
  'plain',
  'stream',
  'tool-use',
  'thinking',
  'cached-system',
  'image',
  'count-tokens',
] as const;
export type CanaryShape = (typeof CANARY_SHAPES)[number];
