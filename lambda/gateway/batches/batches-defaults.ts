import type { BatchesConfig } from '../../../lib/contract';

/** Most of Anthropic's batches end within an hour, and a place that comes after has to have time, too. */
export const BATCHES_DEFAULTS = { patienceMs: 12 * 3_600_000, fullPriceUsdPerDay: 0 } as const satisfies BatchesConfig;
