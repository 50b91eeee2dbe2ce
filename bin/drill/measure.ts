import type { Sample } from '../../local/client/ask';
import { quantile } from '../../local/report/quantile';

/** What a drill saw, in the order in which requests began. Times in milliseconds since the epoch. */
export interface DrillRecord {
  readonly host: string;
  readonly model: string;
  readonly startedAt: number;
  readonly brokenAt: number;
  /** When the host was whole again: the override's own end, or when it was taken back. */
  readonly healedAt: number;
  readonly endedAt: number;
  /** Stopped by hand: what came after is missing. */
  readonly isCutShort: boolean;
  readonly samples: readonly Sample[];
}

export interface PhaseFigures {
  readonly requests: number;
  readonly failed: number;
  readonly byHost: Readonly<Record<string, number>>;
  readonly firstContentMs: Quantiles | undefined;
}
export interface Quantiles {
  readonly p50: number;
  readonly p95: number;
}

export interface DrillFigures {
  readonly before: PhaseFigures;
  readonly during: PhaseFigures;
  readonly after: PhaseFigures;
  /** From the break to the first of ten requests in a row that others answered. */
  readonly switchOverMs: number | undefined;
  /** How much later the first content came during the drill, at the median. */
  readonly latencyShiftMs: number | undefined;
  /** From the repair to the first request that the host answered. */
  readonly returnMs: number | undefined;
  /** From the repair to the first of ten requests in a row that the host answered. */
  readonly fullReturnMs: number | undefined;
}

const IN_A_ROW = 10;

export function measureDrill({ host, brokenAt, healedAt, samples }: DrillRecord): DrillFigures {
  const before = samples.filter(({ at }) => at < brokenAt);
  const during = samples.filter(({ at }) => at >= brokenAt && at < healedAt);
  const after = samples.filter(({ at }) => at >= healedAt);
  const figures = { before: phase(before), during: phase(during), after: phase(after) };
  const isBack = (sample: Sample): boolean => sample.host === host;
  const isElsewhere = ({ host: by }: Sample): boolean => by !== undefined && by !== host;
  const since = (from: number, sample: Sample | undefined): number | undefined => sample && sample.at - from;
  const [calm, broken] = [figures.before.firstContentMs?.p50, figures.during.firstContentMs?.p50];
  return {
    ...figures,
    switchOverMs: since(brokenAt, firstOfRow(during, isElsewhere)),
    latencyShiftMs: calm === undefined || broken === undefined ? undefined : broken - calm,
    returnMs: since(healedAt, after.find(isBack)),
    fullReturnMs: since(healedAt, firstOfRow(after, isBack)),
  };
}

function firstOfRow(samples: readonly Sample[], fits: (sample: Sample) => boolean): Sample | undefined {
  return samples.find((_, at) => {
    const row = samples.slice(at, at + IN_A_ROW);
    return row.length === IN_A_ROW && row.every(fits);
  });
}

function phase(samples: readonly Sample[]): PhaseFigures {
  const byHost: Record<string, number> = {};
  for (const { host, failure } of samples) {
    if (failure === undefined && host !== undefined) byHost[host] = (byHost[host] ?? 0) + 1;
  }
  return {
    requests: samples.length,
    failed: samples.filter(({ failure }) => failure !== undefined).length,
    byHost,
    firstContentMs: quantiles(samples.filter(({ failure }) => failure === undefined).map(({ firstMs }) => firstMs)),
  };
}

function quantiles(values: readonly number[]): Quantiles | undefined {
  return values.length === 0 ? undefined : { p50: quantile(values, 0.5), p95: quantile(values, 0.95) };
}
