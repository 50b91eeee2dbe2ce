import { ValidationError } from '../lib/validation-error';
import { StackConfigError } from './stack-config-error';

/** Runs an app. Where the configuration is wrong, the file has to change, not the code: a stack trace would only be in the way. */
export function orExit(app: () => void): void {
  try {
    app();
  } catch (error) {
    if (!(error instanceof StackConfigError || error instanceof ValidationError)) throw error;
    console.error(error.message);
    // At once, or the half-made app is synthesised.
    process.exit(1);
  }
}
