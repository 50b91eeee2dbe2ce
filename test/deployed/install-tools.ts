/** `npm run install:deployed`: what `npm run test:deployed` would else install by itself. */
import { installAwsCli, installTools } from './tools';

Promise.all([installTools(), installAwsCli()]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
