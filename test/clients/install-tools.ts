/** `npm run install:clients`: what `npm run test:clients` would else install by itself. */
import { installTools } from './install';

installTools().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
