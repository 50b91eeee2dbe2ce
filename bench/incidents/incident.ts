import type { HostKind } from '../../lib/contract';
import type { ErrorSpec } from '../../local/hosts/faults/error-spec';
import type { HostRequest } from '../../lambda/hosts/transport/transport';
import type { FigureName } from './figure-names';
import type { HostName } from './world/chain';
import type { Script } from './world/script';
import type { Turn } from './world/traffic';

export interface Incident {
  /** Short, with dashes: its name in data and on the command line. */
  readonly id: string;
  readonly title: string;
  /** @default - the whole chain */
  readonly chain?: readonly HostName[];
  /** From when to when, in shares of the hour. @default - all of it */
  readonly span?: readonly [from: number, to: number];
  /** Hosts that are not named stay sound. */
  readonly hosts: Readonly<Partial<Record<HostName, Script>>>;
  /** Share of the load that a host takes. @default - all */
  readonly quotas?: Readonly<Partial<Record<HostName, number>>>;
  readonly targets: readonly Target[];
}

export interface Target {
  readonly figure: FigureName;
  readonly atMost?: number;
  readonly atLeast?: number;
}

export type ScriptedRefusal = (request: HostRequest, kind: HostKind) => ErrorSpec | undefined;

/** A client that does what no client should, beside 49 that do not. */
export interface Hostility {
  readonly id: string;
  readonly title: string;
  readonly chain?: readonly HostName[];
  /** What its requests have that others lack. */
  readonly attack: (turn: Turn) => Attack;
  /** What the requests of the others have, so that they have something to lose. @default - what an SDK sends */
  readonly others?: (turn: Turn) => Attack;
  /** What a sound host refuses, whoever asks. */
  readonly refusal?: ScriptedRefusal;
}

export interface Attack {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Added to the body. */
  readonly fields?: object;
  /** Instead of the body. */
  readonly body?: Uint8Array;
  /** So many at once. @default 1 */
  readonly times?: number;
  /** It goes away so many milliseconds after it has asked. */
  readonly leavesAfterMs?: number;
}
