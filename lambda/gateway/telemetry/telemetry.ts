import type { MetricName } from '../../../lib/contract';
import type { Usage } from '../../engine/answer';
import type { RequestHead } from '../../engine/gateway';
import type { CacheStatus } from '../cache/cache-mark';
import type { ChainObserver, Plan } from '../../engine/chain/plan';
import type { WriteLog } from './log-writer';
import type { GatewayError } from '../gateway-error';

/** One request, once its last byte is through. Carries no prompt, no answer, no key. */
export interface RequestRecord {
  readonly requestId: string;
  readonly endpoint: string;
  /** Of what is asked of one. */
  readonly model?: string;
  readonly client: string | undefined;
  /** Digest of whom the client asks for, where what users spend is limited. */
  readonly user?: string;
  readonly stream: boolean;
  readonly outcome: 'answered' | 'died' | 'returned' | 'exhausted' | 'client-gone';
  readonly host?: string;
  /** By which the host's own support finds the request. */
  readonly hostRequestId?: string | undefined;
  /** Id of the key that the host was called with. */
  readonly key?: string | undefined;
  readonly isFailover?: boolean;
  /** Another model than the one asked for. */
  readonly answeredBy?: string | undefined;
  readonly attempts: number;
  readonly trace: string;
  /** Of a stream that is committed on its first content. */
  readonly firstContentMs?: number | undefined;
  readonly durationMs: number;
  readonly dropped?: readonly string[];
  readonly usage?: Usage | undefined;
  /** At list price; undefined where the model has none. */
  readonly costUsd?: number | undefined;
  /** Of the prompt, caches included, and of the answer. */
  readonly tokens?: number | undefined;
  /** Tokens of the prompt that came from the prompt cache, in percent; undefined where none was used. */
  readonly cacheHitRate?: number | undefined;
  readonly stopReason?: string | undefined;
  /** What the response cache had to do with it. @default - it was not looked at */
  readonly cache?: CacheStatus | undefined;
}

export interface Telemetry {
  readonly observer: ChainObserver;
  /** A line about anything else. */
  readonly log: WriteLog;
  /** `asked`: what the client has sent, of which no log line has anything. */
  request(record: RequestRecord, asked?: Pick<Plan, 'body' | 'headers'>): void;
  /** A request that the gateway itself has answered with an error, before any host was asked. */
  refused(request: RequestHead, status: number, denial?: GatewayError['more']['denial']): void;
  /** The health table cannot be used, so that this router is on its own, or says what cannot be true. */
  alone(problem: string): void;
  /** Something about the router itself that is in order. */
  note(message: string, fields: object): void;
  /** One of something, or as many, as a metric of the service whose line says what. */
  count(metric: MetricName, said: Readonly<Record<string, string>>, amount?: number): void;
  /** A fault of the router itself. */
  fault(requestId: string, error: unknown): void;
  /** Writes what is still added up. */
  close(): void;
}
