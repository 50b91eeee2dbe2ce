import { naive } from './naive';
import type { Policy } from './policy';
import { lambda, serve } from './router';

export const POLICIES = { serve, lambda, naive } as const satisfies Record<string, Policy>;
export type PolicyName = keyof typeof POLICIES;
