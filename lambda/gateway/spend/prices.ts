import type { Usage } from '../../engine/answer';
import { microsOf } from '../../engine/allowance/money';
import type { Planner } from '../plan/plan-request';
import type { usageFigures } from '../telemetry/usage-figures';

/** What an answer took. Money in millionths of a dollar; undefined where nobody knows the price. */
export interface Priced {
  readonly micros: number | undefined;
  readonly tokens: number;
}

/** `figures`: what the router reckons with when it starts. */
export class Prices {
  constructor(
    private readonly planner: Planner,
    private readonly figures: typeof usageFigures,
  ) {}

  /** Where they were used. */
  of(host: string, model: string, usage: Usage): Priced {
    const { config, hosts } = this.planner;
    const hostConfig = config.hosts.find(({ name }) => name === host);
    const { costUsd, tokens = 0 } = this.figures(model, usage, hostConfig, hosts.get(host)?.host);
    return { tokens, micros: costUsd === undefined ? undefined : microsOf(costUsd) };
  }
}

export const outputOf = ({ output_tokens: output }: Usage): number =>
  typeof output === 'number' && output > 0 ? output : 0;
