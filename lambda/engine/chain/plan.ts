import type { Budget, CommitMode, HostConfig, RetryConfig, RouteConfig } from '../../../lib/contract';
import type { Answer, Usage } from '../answer';
import type { Dialect } from '../dialect';
import type { Reason } from '../failure/failure';
import type { KeyPool } from '../health/key-pool';
import type { Host, BodyFields } from '../host';
import type { Headers } from '../headers';
import type { Ordering } from '../order/ordering';

/** A host with what the configuration says about using it. */
export interface ConfiguredHost {
  readonly host: Host;
  /** Undefined for a host that authenticates by role. */
  readonly keys: KeyPool | undefined;
  readonly retry: Required<RetryConfig>;
  /** Its own timers in place of the budget's. */
  readonly timeouts: HostConfig['timeouts'];
}

/** One entry of a chain: a host, and the model it is asked for there. */
export interface Link extends ConfiguredHost {
  /** The wire's own id of the model. */
  readonly model: string;
  /** The model's id is the host's own, and nothing is known of it: the host is asked for it as it stands. @default false */
  readonly isHostsOwnId?: boolean;
  /** What the host's health is kept by: the model, apart for counting tokens, which a host may lack while it serves the model. */
  readonly healthScope: string;
  /** The request in a form that its model can take. @default - as it was asked */
  readonly request?: FittedRequest | undefined;
}

/** A request cut to what another model can do. */
export interface FittedRequest extends Pick<Plan, 'bytes' | 'body'> {
  readonly dropped: readonly string[];
}

/** Everything that is decided about a request before the first attempt. */
export interface Plan {
  readonly requestId: string;
  readonly dialect: Dialect;
  readonly endpoint: 'messages' | 'count_tokens';
  /** The one that was asked for. */
  readonly model: string;
  /** Name of the client that asks, where it is known. */
  readonly client: string | undefined;
  /** In the order in which they are tried. */
  readonly chain: readonly Link[];
  /** The links of other models, model by model, as its client has named them: tried when `chain` is exhausted. */
  readonly fallbacks: readonly (readonly Link[])[];
  /** Links with another model, as its client has agreed to: tried when nothing else is left. */
  readonly lastResort: readonly Link[];
  /** Links with another model for what their hosts refuse to answer, as its client has agreed to. */
  readonly onRefusal: readonly Link[];
  /** The body of an answer for where no link has one, in words of the gateway's owner, as the client has agreed to. */
  readonly message: (() => Promise<Uint8Array>) | undefined;
  /** Name of the host that the configuration puts first. */
  readonly primary: string;
  /** The client chose the order itself. */
  readonly isSteered: boolean;
  /** What the configuration says of it. */
  readonly route: RouteConfig;
  readonly budget: Budget;
  /** What it would be without the client's wish: a host is judged by it. */
  readonly usualBudget: Budget;
  readonly commit: CommitMode;
  /** Whether the client gets a stream. */
  readonly stream: boolean;
  /** Whether hosts are asked for one. */
  readonly upstreamStream: boolean;
  readonly bytes: Uint8Array;
  readonly body: BodyFields;
  readonly headers: Headers;
  readonly features: readonly string[];
  /** The conversation's place in [0, 1), asked for only while a host is ramping, or where conversations are told apart. */
  readonly conversation: () => number;
  /** What the request says of its conversation, asked for only where conversations stay where they begin. */
  readonly turn: () => Turn;
  /** What becomes of a whole answer before its client has it. @default - it is given as it is */
  readonly inspect?: (answer: Answer) => Promise<Answer>;
  /** By which the chain is arranged. @default - the chain is as it is listed */
  readonly ordering?: Ordering;
}

export interface Turn {
  /** A number that only requests of the same conversation have. */
  readonly conversation: number;
  /** How many the conversation has had; 0 for its first. */
  readonly turns: number;
}

/** One attempt, for the log line and the metrics. */
export interface AttemptRecord {
  readonly requestId: string;
  readonly attempt: number;
  readonly host: string;
  readonly model: string;
  readonly key: string | undefined;
  readonly outcome: Reason | 'ok' | 'client-gone';
  readonly row: number | undefined;
  readonly status: number | undefined;
  readonly hostRequestId: string | undefined;
  /** The vendor's error type and code, or our own words for what went wrong. Never the vendor's message: it may quote the prompt. */
  readonly detail: string | undefined;
  readonly elapsedMs: number;
  /** What the host has told of tokens, of an attempt that came to nothing after all. */
  readonly usage?: Usage;
}

/** What telemetry wants to know while the chain runs. */
export interface ChainObserver {
  attempt(record: AttemptRecord): void;
  adapted(host: string, model: string): void;
  keySetAside(host: string, key: string, reason: Reason): void;
  /** The host refuses what others serve: its operator has to look. */
  misconfigured(host: string, model: string): void;
}
