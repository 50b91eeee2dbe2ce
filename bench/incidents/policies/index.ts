import { naive } from './naive';
import type { Policy } from './policy';
import { fargate, lambda, serve, webFunction } from './router';

export const POLICIES = { serve, lambda, webFunction, fargate, naive } as const satisfies Record<string, Policy>;
export type PolicyName = keyof typeof POLICIES;
