import type { Model, Vendor } from './model';
import { anthropic } from './vendors/anthropic';

/** Whose models there are: a file each. */
export const VENDORS: readonly Vendor[] = [anthropic];

export const MODELS: readonly Model[] = VENDORS.flatMap(({ models }) => models);
