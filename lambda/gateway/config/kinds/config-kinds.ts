import type * as v from 'valibot';
import type { HostConfig, RouterConfig } from '../../../../lib/contract';

/** What of a configuration follows from the kinds of host that it may have. */
export interface ConfigKinds {
  readonly schema: v.GenericSchema<unknown, RouterConfig>;
  /** What is wrong with a host although every value by itself is right: the field, and what to do. */
  problem(host: HostConfig): readonly [field: string, problem: string] | undefined;
  problems(config: RouterConfig): readonly string[];
}
