export const ZONE = 'example.com';
export const PAIR_NAME = 'claude.example.com';
/** The first one is active. */
export const PAIR_REGIONS = ['us-east-1', 'us-west-2'] as const;
export type PairRegion = (typeof PAIR_REGIONS)[number];
export const stackOf = (region: PairRegion): string => `ClaudeFailover-${region}`;
