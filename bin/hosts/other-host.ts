import * as v from 'valibot';
import { oneOf, pattern, text } from '../../lambda/schema/schema-parts';
import { FORMS } from '../../lib/contract';

const GEOGRAPHIES = ['eu', 'us', 'jp', 'au'] as const;

/** What every link of `lastResort` in `failover.config.ts` has. */
export interface LastResortEntry {
  /** What the host is asked for, by its own id. */
  readonly model: string;
  /** Name in headers, logs and metrics. @default - the kind of host with its place */
  readonly name?: string;
}

/** A host that does not say by itself where it serves. */
export interface OtherHost extends LastResortEntry {
  /** Geography in which its requests are served, for which you vouch. @default - anywhere */
  readonly servedIn?: (typeof GEOGRAPHIES)[number];
}

export const lastResortEntry = {
  model: text("the model's id there"),
  name: v.optional(pattern(...FORMS.hostName)),
};
export const otherHost = {
  ...lastResortEntry,
  servedIn: v.optional(oneOf(GEOGRAPHIES, 'where its requests are served; default anywhere')),
};
