/** A host's state as the page shows it: what an operator has done to it, else the worst of its models. */
export interface LiveHealth {
  readonly state: string;
  readonly reason?: string;
  readonly until?: number;
  /** Percent of the traffic while ramping. */
  readonly stage?: number;
}

const WORST_FIRST = ['cooling', 'open', 'half-open', 'ramping', 'healthy'];
const HEALTHY: LiveHealth = { state: 'healthy' };

interface Report {
  readonly hosts: readonly {
    readonly name: string;
    readonly models: readonly LiveHealth[];
    readonly override?: { readonly action: string; readonly until: number };
  }[];
}

/** Asks the gateway itself, as an operator would. Empty while it does not answer. */
export async function readHealth(gateway: string): Promise<ReadonlyMap<string, LiveHealth>> {
  try {
    const { hosts } = (await (await fetch(`${gateway}/health`)).json()) as Report;
    return new Map(hosts.map(({ name, models, override }) => [name, drained(override) ?? worst(models)]));
  } catch {
    return new Map();
  }
}

function drained(override: Report['hosts'][number]['override']): LiveHealth | undefined {
  return override?.action === 'drain' ? { state: 'drained', until: override.until } : undefined;
}

function worst(models: readonly LiveHealth[]): LiveHealth {
  return WORST_FIRST.flatMap((state) => models.filter((model) => model.state === state))[0] ?? HEALTHY;
}
