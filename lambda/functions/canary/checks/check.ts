import type { CanaryShape, Finding } from '../../../../lib/contract';
import type { Failure, Reason } from '../../../engine/failure/failure';
import type { GatewayRequest, GatewayResponse } from '../../../engine/gateway';
import type { Usage } from '../../../engine/answer';

/** Two in a row fit into a round of a minute. */
export const CHECK_DEADLINE_MS = 25_000;

/** One request to be made: to this host and no other, or through the public endpoint. */
export interface Check {
  readonly host: string;
  readonly model: string;
  readonly shape: CanaryShape;
}

export const isSame = (a: Check, b: Check): boolean => a.host === b.host && a.model === b.model && a.shape === b.shape;

/** What came of it. Carries no prompt, no answer, no key. */
export interface CheckResult extends Check {
  readonly outcome: 'ok' | Finding;
  /** Why it is not ok: the vendor's error type and code, or our own words. */
  readonly detail: string | undefined;
  /** The router's own word for the failure; undefined where it took the answer for good. */
  readonly reason: Reason | undefined;
  /** The way through the router: `host:reason`. */
  readonly trace: string;
  readonly status: number | undefined;
  readonly at: number;
  readonly elapsedMs: number;
  readonly firstContentMs: number | undefined;
  readonly usage: Usage | undefined;
}

export interface Asked {
  readonly response: GatewayResponse;
  /** What the host said, where it is seen; a public endpoint tells clients less. */
  readonly failure?: Failure | undefined;
}

/** Puts a request to a host, as its steering header says, or to whatever it is made for. */
export type Ask = (request: GatewayRequest, signal: AbortSignal) => Promise<Asked>;
