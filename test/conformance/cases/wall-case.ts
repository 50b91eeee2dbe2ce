import type { Fault } from '../../../local/hosts';
import type { HostName } from '../../e2e/host-setups';

/** One fault, and what has to come of it. Nothing here knows the gateway that is looked at; times are in its seconds. */
export interface WallCase {
  readonly id: string;
  /** Who has met it: a fault of the public scoreboard, or an issue of somebody's gateway. */
  readonly source: string;
  /** What happens. */
  readonly fault: string;
  /** The wires of the hosts, in the order in which they are to be tried. */
  readonly chain: readonly HostName[];
  /** In the chain's order; a host without one is sound. */
  readonly faults: readonly (Fault | undefined)[];
  readonly ask?: WallRequest;
  /** What a perfect gateway gives. @default 'answer' */
  readonly ideal?: 'answer' | 'error';
  /** Content is out before it happens: a gateway that does not hold answers back can only end them cleanly. */
  readonly afterCommit?: true;
  /** @default - asked once */
  readonly script?: Script;
  readonly checks: readonly WallCheck[];
  /** No answer and no error after so long is a hang. @default 45 */
  readonly hangsAfterS?: number;
  /** Between two tokens of a sound answer. @default 15 */
  readonly tokenMs?: number;
}

export interface WallRequest {
  /** Merged into a plain streamed request for sixty tokens. */
  readonly body?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** @default '/v1/messages' */
  readonly path?: string;
  /** In the gateway's own way: no other host than the first. */
  readonly only?: true;
}

export type Script =
  /** The client goes away as soon as the first host has been asked. */
  | { readonly kind: 'leave' }
  /** Requests at equal distances; all hosts become sound at `healAfterS`. */
  | {
      readonly kind: 'sequence';
      readonly count: number;
      readonly everyS: number;
      readonly healAfterS?: number;
      /** Every request is a conversation of its own. */
      readonly newConversations?: true;
    };

/** `host` is a place in the chain. */
export type WallCheck = { readonly advisory?: true } & (
  | { readonly check: 'attempts'; readonly host: number; readonly atLeast?: number; readonly atMost?: number }
  | { readonly check: 'burst'; readonly host: number; readonly withinS: number; readonly atMost: number }
  | { readonly check: 'pause-before-retry'; readonly host: number; readonly atLeastS: number }
  | { readonly check: 'within'; readonly s: number }
  | { readonly check: 'first-byte-within'; readonly s: number }
  | { readonly check: 'usage' | 'asked-model' | 'alive' | 'untouched' | 'error-event' | 'one-answer' | 'pings' }
  | { readonly check: 'no-prefill' | 'unbuffered' | 'served-during-outage' | 'ramps' }
  | { readonly check: 'served-by'; readonly host: number }
  | { readonly check: 'status'; readonly is: number }
  | { readonly check: 'error-type'; readonly is: string }
  | { readonly check: 'headers'; readonly names: readonly string[] }
  | { readonly check: 'names-dropped'; readonly field: string }
  | { readonly check: 'bytes'; readonly host: number; readonly atMost: number }
  | { readonly check: 'same-messages' | 'stopped' | 'rarely-asked-at-last'; readonly host: number }
  | { readonly check: 'recovered'; readonly withinS: number }
  | {
      /** The last request that host was sent: its path, and dotted paths into its body or names of its headers. */
      readonly check: 'sent';
      readonly host: number;
      readonly path?: string;
      readonly has?: readonly string[];
      readonly lacks?: readonly string[];
      readonly betas?: readonly string[];
    }
);

export const asked = (host: number, times: number): WallCheck => ({
  check: 'attempts',
  host,
  atLeast: times,
  atMost: times,
});
export const atMost = (host: number, times: number): WallCheck => ({ check: 'attempts', host, atMost: times });
export const advice = (check: WallCheck): WallCheck => ({ ...check, advisory: true });
