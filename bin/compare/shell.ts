import type { Clock } from '../../lambda/engine/time/clock';

/** What talks to whoever has called. */
export interface ComparisonShell {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Somebody has had enough. */
  readonly stop: AbortSignal;
  tell(line: string): void;
  print(text: string): void;
  /** Undefined where nobody is there to be asked. */
  readonly confirm: ((question: string) => Promise<boolean>) | undefined;
}
