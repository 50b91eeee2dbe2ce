/** What a health check of Route 53 asks, and what a body has in it of a region that serves. */
export const HEALTH_CHECK = { path: '/health', text: '"serving":true' } as const;

/** A region's own name below the one that it shares: who knows the one knows the other, and needs nothing of a deployment. */
export const regionalName = (name: string, region: string): string => `${region}.${name}`;

/** Ids of the alarms by one of which a region has told that clients get errors. */
export const REGION_PAGES: readonly string[] = [
  'ServiceDown',
  'Exhausted',
  'ErrorRate',
  'Errors',
  'Throttles',
  'EndpointBroken',
  'OutsideBroken',
];
/** Where the alarm of a fallback stands among a gateway's alarms. */
export const FALLBACK_BROKEN = 'FallbackBroken';

/** Environment variables the bake reads. */
export const BAKE_ENV = {
  MINUTES: 'BAKE_MINUTES',
  /** Names of alarms, divided by commas. */
  ALARMS: 'BAKE_ALARMS',
} as const;
