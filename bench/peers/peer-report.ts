import type { describeMachine } from '../machine';
import type { Column } from './metrics';
import type { RuntimeFigure } from './runtime-client';

export interface PeerReport {
  readonly machine: ReturnType<typeof describeMachine>;
  readonly rounds: number;
  readonly ways: readonly { readonly name: string; readonly setUp: string; readonly missing?: string }[];
  readonly speed: readonly Column[];
  readonly failover: readonly Column[];
  /** Of the Lambda bundle, in fresh processes. */
  readonly startUp: readonly RuntimeFigure[];
  /** Under AWS's own runtime client; or why not. */
  readonly runtimeClient: readonly RuntimeFigure[] | string;
}
