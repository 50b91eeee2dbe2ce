import * as v from 'valibot';
import { object, oneOf, pattern, text } from '../../lambda/schema/schema-parts';
import { FORMS } from '../../lib/contract';
import type { TokenPrice } from '../../lib/hosts/host-options';

export const GEOGRAPHIES = ['eu', 'us', 'jp', 'au'] as const;

/** What every link of `lastResort` in `failover.config.ts` has. */
export interface LastResortEntry {
  /** What the host is asked for, by its own id. */
  readonly model: string;
  /** Name in headers, logs and metrics. @default - the kind of host with its place */
  readonly name?: string;
  /** What the model costs there, in USD per million tokens. @default - the list price, where it is known */
  readonly price?: TokenPrice;
}

/** A host that does not say by itself where it serves. */
export interface OtherHost extends LastResortEntry {
  /** Geography in which its requests are served, for which you vouch. @default - anywhere */
  readonly servedIn?: (typeof GEOGRAPHIES)[number];
}

const usd = (meaning: string) => {
  const right = `must be USD per million tokens, 0 or more: ${meaning}`;
  return v.pipe(v.number(right), v.minValue(0, right));
};

export const lastResortEntry = {
  model: text("the model's id there"),
  name: v.optional(pattern(...FORMS.hostName)),
  price: v.optional(
    object('what the model costs there', {
      input: usd('of its input'),
      output: usd('of its output'),
      cacheRead: v.optional(usd('of input that comes from a cache')),
    }),
  ),
};

export const otherHost = {
  ...lastResortEntry,
  servedIn: v.optional(oneOf(GEOGRAPHIES, 'where its requests are served; default anywhere')),
};
