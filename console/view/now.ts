/** How a host stands with one of its models, as the gateway's own report says. */
export interface ModelNow {
  readonly model: string;
  readonly state: 'healthy' | 'cooling' | 'open' | 'half-open' | 'ramping';
  readonly reason?: string;
  /** When it may change. Times are milliseconds since the epoch. */
  readonly until?: number;
  /** Percent of the traffic while ramping. */
  readonly stage?: number;
}

/** What an operator has said of a host. */
export interface OverrideNow {
  readonly action: 'drain' | 'drill' | 'weight';
  readonly percent?: number;
  readonly until: number;
}

/** What the canary saw last of a host, by the form of its request. */
export interface CheckNow {
  readonly model: string;
  readonly shape: string;
  /** `ok`, or one of the findings. */
  readonly outcome: string;
  readonly at: number;
}

/** A host of the chain, in the order in which hosts are tried. */
export interface LinkNow {
  readonly host: string;
  readonly kind: string;
  readonly models: readonly ModelNow[];
  readonly override?: OverrideNow;
  readonly checks: readonly CheckNow[];
  /** Of the answers of the last minutes, 0 to 1. */
  readonly share: number;
  /** Failed attempts of the last minutes by reason. */
  readonly failures: Readonly<Record<string, number>>;
  /** Its quota in percent of the recent peak: 100 is just enough. Undefined where no quota is known. */
  readonly headroom?: number;
}

export interface AlarmNow {
  readonly id: string;
  readonly tells: 'page' | 'notice';
  readonly since: number;
  readonly text: string;
}

/** The last minutes, as clients felt them. */
export interface TrafficNow {
  readonly minutes: number;
  readonly requests: number;
  readonly failed: number;
  readonly failovers: number;
  readonly costUsd: number;
  readonly firstContent?: { readonly p50: number; readonly p95: number };
}

/** One gateway as the first screen shows it. */
export interface GatewayNow {
  readonly name: string;
  readonly region: string;
  readonly url: string;
  readonly at: number;
  readonly links: readonly LinkNow[];
  readonly traffic: TrafficNow;
  readonly alarms: readonly AlarmNow[];
  /** Until when an operator has taken the whole region out, so that it reports to be down. */
  readonly outUntil?: number;
  /** When the canary was heard of last; undefined where there is none. */
  readonly canaryAt?: number;
}
