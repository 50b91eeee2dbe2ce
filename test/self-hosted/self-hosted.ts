/** `npm run test:self-hosted`: a last resort that is no simulation, llama.cpp's own server with a model of one layer. */
import { createChecks } from '../checks';
import { checkWay } from './checks';
import { type Way, WAYS } from './gateway';
import { installModelServer, startModelServer } from './model-server';

async function main(): Promise<void> {
  const checks = createChecks();
  await checks.check('the whole of it runs to its end', async () => {
    const server = await startModelServer(await installModelServer());
    try {
      for (const way of Object.keys(WAYS) as Way[]) await checkWay(checks, way, server.url);
    } finally {
      await server.close();
    }
  });
  checks.finish();
}

void main();
