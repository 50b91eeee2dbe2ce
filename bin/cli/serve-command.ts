import { readFile } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import { ConfigError, parseConfig } from '../../lambda/gateway/config/config';
import { createRouter } from '../../lambda/gateway/create-router';
import { createGatewayServer } from '../../lambda/server/server';

interface ServeOptions {
  readonly config: string;
  readonly port: number;
  readonly host: string;
}

export const serveCommand = (): Command =>
  new Command('serve')
    .description('run the router as a plain HTTP server')
    .requiredOption('-c, --config <file>', 'router configuration, JSON; see docs/configuration.md')
    .option('-p, --port <number>', 'port to listen on, 0 for any free one', port, 8080)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .action(serve);

async function serve({ config, port, host }: ServeOptions): Promise<void> {
  const router = createRouter(parseConfig(await readConfig(config)), process.env);
  const server = createGatewayServer(router.handle);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  console.log(`listening on http://${host}:${typeof address === 'object' ? address?.port : port}`);
  const stop = (): void => {
    // Answers under way are finished; idle connections are not waited for.
    server.close(() => router.close());
    server.closeIdleConnections();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

async function readConfig(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new ConfigError([`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`]);
  }
}

function port(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0 && value <= 65_535) return value;
  throw new InvalidArgumentError(`'${text}' is not a port; use 0 to 65535`);
}
