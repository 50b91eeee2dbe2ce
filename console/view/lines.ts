import * as v from 'valibot';

/** What a line of the router's log says of one request, once its last byte is through. Times are milliseconds. */
export interface RequestLine {
  readonly kind: 'request';
  readonly requestId: string;
  readonly endedAt: number;
  readonly durationMs: number;
  readonly endpoint: string;
  readonly model?: string | undefined;
  /** Name of the team. */
  readonly client?: string | undefined;
  readonly stream: boolean;
  readonly outcome: string;
  /** Who answered. */
  readonly host?: string | undefined;
  readonly hostRequestId?: string | undefined;
  readonly isFailover: boolean;
  /** Another model than the one asked for. */
  readonly answeredBy?: string | undefined;
  readonly attempts: number;
  /** `host:reason, host:ok`. */
  readonly trace: string;
  readonly firstContentMs?: number | undefined;
  readonly dropped: readonly string[];
  /** USD at list price; undefined where the model has none. */
  readonly costUsd?: number | undefined;
  readonly tokens?: number | undefined;
  /** Percent of the prompt that came from the prompt cache; undefined where none was used. */
  readonly cacheHitRate?: number | undefined;
  readonly stopReason?: string | undefined;
  /** What the response cache had to do with it. */
  readonly cache?: string | undefined;
  /** Of how many requests this is one, where lines of successes are sampled. */
  readonly weight: number;
}

/** One call of a host. A first one that was answered has no line: that of its request says all of it. */
export interface AttemptLine {
  readonly kind: 'attempt';
  readonly requestId: string;
  readonly endedAt: number;
  readonly elapsedMs: number;
  readonly attempt: number;
  readonly host: string;
  readonly model: string;
  readonly outcome: string;
  /** Of the classification table. */
  readonly row?: number | undefined;
  readonly status?: number | undefined;
  readonly hostRequestId?: string | undefined;
  readonly detail?: string | undefined;
}

const time = v.pipe(v.string(), v.isoTimestamp());
const text = v.optional(v.string());
const number = v.optional(v.number());

const request = v.object({
  message: v.literal('request'),
  timestamp: time,
  requestId: v.string(),
  durationMs: v.number(),
  endpoint: v.string(),
  model: text,
  client: text,
  stream: v.boolean(),
  outcome: v.string(),
  host: text,
  hostRequestId: text,
  isFailover: v.optional(v.boolean(), false),
  answeredBy: text,
  attempts: v.number(),
  trace: v.string(),
  firstContentMs: number,
  dropped: v.optional(v.array(v.string()), []),
  costUsd: number,
  tokens: number,
  cacheHitRate: number,
  stopReason: text,
  cache: text,
  sampled: v.optional(v.pipe(v.number(), v.minValue(0.000001)), 1),
});

const attempt = v.object({
  message: v.literal('attempt'),
  timestamp: time,
  requestId: v.string(),
  elapsedMs: v.number(),
  attempt: v.number(),
  host: v.string(),
  model: v.string(),
  outcome: v.string(),
  row: number,
  status: number,
  hostRequestId: text,
  detail: text,
});

/** Undefined for what is no line about a request. Never more of a line than is listed above. */
export function readLine(line: string): RequestLine | AttemptLine | undefined {
  const parsed = v.safeParse(v.variant('message', [request, attempt]), jsonOf(line));
  if (!parsed.success) return undefined;
  const { timestamp, ...fields } = parsed.output;
  const endedAt = Date.parse(timestamp);
  if (fields.message === 'attempt') {
    const { message, ...rest } = fields;
    return { kind: message, endedAt, ...rest };
  }
  const { message, sampled, ...rest } = fields;
  return { kind: message, endedAt, weight: 1 / sampled, ...rest };
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
