import type { IConstruct } from 'constructs';

/** A wrong value, found at synth: says where in the construct tree it was given. */
export class ValidationError extends Error {
  override readonly name = 'ValidationError';
  constructor(scope: IConstruct, message: string) {
    super(`${message}\n  at construct path "${scope.node.path}"`);
  }
}
