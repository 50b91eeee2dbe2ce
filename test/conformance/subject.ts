import type { World } from './world';

/** How one case is put to a gateway. */
export interface Target {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The gateway's name for the case's chain. */
  readonly model: string;
  /** What makes a request stay with the first host; undefined where the gateway has no such thing. */
  readonly only?: {
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: Readonly<Record<string, unknown>>;
  };
  /** Nothing is given before the answer is complete. */
  readonly holdsBack?: boolean;
  /** The place in the chain that the answer's headers name; undefined where the gateway's words are not known. */
  readonly servedBy?: (headers: Readonly<Record<string, string>>) => number | undefined;
}

export interface RunningSubject {
  /** A text says why this gateway cannot be given the case. */
  target(world: World): Target | string;
  stop(): Promise<void>;
}

/** A gateway that is put to the wall. */
export interface Subject {
  readonly name: string;
  /** What it is, and how it is set up. */
  readonly setUp: string;
  start(worlds: readonly World[]): Promise<RunningSubject>;
}
