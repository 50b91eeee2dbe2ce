import type { PeerTarget } from '../../../bench/peers';
import type { WallWorld } from '../world';

/** How one case is put to a gateway. */
export interface SubjectTarget extends PeerTarget {
  /** Nothing is given before the answer is complete. */
  readonly holdsBack?: boolean;
}

export interface RunningSubject {
  /** A text says why this gateway cannot be given the case. */
  target(world: WallWorld): SubjectTarget | string;
  /** How its process ended, where nobody stopped it. @default - it has none of its own */
  readonly ended?: (() => string | undefined) | undefined;
  stop(): Promise<void>;
}

/** A gateway that is put to the wall. */
export interface Subject {
  readonly name: string;
  /** What it is, and how it is set up. */
  readonly setUp: string;
  start(worlds: readonly WallWorld[]): Promise<RunningSubject>;
}
