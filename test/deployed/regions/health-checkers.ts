import type { HealthCheckConfig } from '@aws-sdk/client-route-53';

/** What a checker gets to see of an endpoint. */
export interface Seen {
  readonly status: number;
  readonly body: string;
}
/** Rejects where there is no connection. */
export type Probe = (host: string, path: string) => Promise<Seen>;

/** "More than 18 % of health checkers report that an endpoint is healthy." */
const HEALTHY_SHARE = 0.18;
/** Of the body's first bytes. */
const SEARCHED_BYTES = 5120;
/** In every region that a check is made from there are several; how many is not documented. */
const CHECKERS_IN_REGION = 3;

interface Checker {
  /** Seconds. */
  next: number;
  healthy: boolean;
  /** Looks in a row that say the opposite. */
  contrary: number;
}

/**
 * A health check as Route 53 documents it: checkers that do not know of each other, each with its own interval and count of looks in a row,
 * and a share of them that has to agree. The looks are real requests; only the time between them is simulated.
 */
export class HealthCheckers {
  readonly #checkers: readonly Checker[];

  constructor(
    private readonly config: HealthCheckConfig,
    private readonly probe: Probe,
  ) {
    const count = CHECKERS_IN_REGION * (config.Regions?.length || 8);
    const { RequestInterval: every = 30 } = config;
    this.#checkers = Array.from({ length: count }, (_, at) => ({
      next: (at * every) / count,
      healthy: true,
      contrary: 0,
    }));
  }

  get isHealthy(): boolean {
    return this.#checkers.filter(({ healthy }) => healthy).length / this.#checkers.length > HEALTHY_SHARE;
  }

  /** Makes the looks that are due until then. */
  async advance(second: number): Promise<void> {
    const { RequestInterval: every = 30, FailureThreshold: threshold = 3 } = this.config;
    for (const checker of this.#checkers.filter(({ next }) => next <= second)) {
      checker.next += every;
      const isWell = await this.#look();
      checker.contrary = isWell === checker.healthy ? 0 : checker.contrary + 1;
      if (checker.contrary < threshold) continue;
      checker.healthy = isWell;
      checker.contrary = 0;
    }
  }

  async #look(): Promise<boolean> {
    const { FullyQualifiedDomainName: host = '', ResourcePath: path = '/', SearchString: text = '' } = this.config;
    try {
      const { status, body } = await this.probe(host, path);
      return status >= 200 && status < 400 && Buffer.from(body).subarray(0, SEARCHED_BYTES).includes(text);
    } catch {
      return false;
    }
  }
}
