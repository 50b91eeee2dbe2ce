import type { Bucket } from './view/series';
import type { GatewayNow } from './view/now';
import type { Journey } from './view/journey';
import type { RequestLine } from './view/lines';

/** A stretch of time. Times are milliseconds since the epoch. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Which requests are looked for. Every field that is given has to match. */
export interface Search extends Span {
  readonly gateway: string;
  /** Team. */
  readonly client?: string;
  readonly model?: string;
  /** Who answered, or was asked. */
  readonly host?: string;
  readonly outcome?: string;
  readonly requestId?: string;
  /** Only those that did not get the first answer they asked for: failed over, or failed. */
  readonly isTroubled?: boolean;
  readonly limit: number;
}

/** Found requests, the newest first. */
export interface Found {
  readonly lines: readonly RequestLine[];
  /** There are more than `limit`. */
  readonly hasMore: boolean;
  /** What this look has cost, in USD at list price. */
  readonly costUsd: number;
}

/** A while as a whole. */
export interface Series extends Span {
  readonly buckets: readonly Bucket[];
  /** Alarms that fired in it, and whom they told. */
  readonly alarms: readonly {
    readonly id: string;
    readonly tells: 'page' | 'notice';
    readonly at: number;
    readonly until?: number;
    readonly toldTo?: string;
  }[];
  /** Cache hits and other figures that only some gateways have, by name, of each bucket. */
  readonly extras: Readonly<Record<string, readonly number[]>>;
  readonly costUsd: number;
}

/** What an operator may do. Of what one needs, its words on the page are made. */
export type Act =
  | { readonly act: 'drain' | 'undrain'; readonly host: string; readonly minutes?: number }
  | { readonly act: 'weight'; readonly host: string; readonly percent: number; readonly minutes: number }
  | { readonly act: 'drill'; readonly host: string; readonly minutes: number }
  | { readonly act: 'region-out' | 'region-in'; readonly minutes?: number }
  | {
      readonly act: 'spend-limit';
      readonly scope: string;
      readonly period: 'daily' | 'weekly' | 'monthly';
      readonly usd: number | undefined;
    }
  | { readonly act: 'rotate-key'; readonly client: string };

/** What an act will do, before it is done. */
export interface Preview {
  readonly does: string;
  /** Until when, in milliseconds since the epoch; undefined: until it is taken back. */
  readonly until?: number;
  /** Which right it needs, in AWS's words or the gateway's. */
  readonly needs: string;
  /** Whether a record of the audit trail comes before it. */
  readonly isAudited: boolean;
  /** Why it cannot be done here. */
  readonly refusal?: string;
}

export interface SetUpView {
  /** As the router has it, without a secret. */
  readonly config: unknown;
  /** What is wrong with it, in the words of the checks. */
  readonly problems: readonly string[];
  readonly findings: readonly {
    readonly subject: string;
    readonly status: 'ok' | 'warning' | 'problem';
    readonly detail: string;
    readonly remedy?: string;
  }[];
  readonly url: string;
  readonly models: readonly string[];
  readonly clients: readonly string[];
}

/** One gateway that is looked at: a stack in AWS, or the simulated one on this machine. */
export interface Source {
  readonly gateway: string;
  now(): Promise<GatewayNow>;
  search(search: Search): Promise<Found>;
  /** Undefined where nothing of it is kept. */
  journey(requestId: string, span: Span): Promise<Journey | undefined>;
  series(span: Span, everyMs: number): Promise<Series>;
  setUp(): Promise<SetUpView>;
  preview(act: Act): Promise<Preview>;
  /** Says what has become of it. */
  perform(act: Act): Promise<string>;
  /** What looking costs in an hour while the page is open, and has cost so far, in USD. */
  cost(): { readonly hourUsd: number; readonly spentUsd: number };
}
