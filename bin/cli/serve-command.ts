import { readFile } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import { ConfigError, parseConfig } from '../../lambda/gateway/config/config';
import { missingForBatches } from '../../lambda/gateway/batches/batches-env';
import type { Router } from '../../lambda/gateway/create-router';
import { errorText } from '../../lambda/runtime/error-text';
import { BodyBudget, MIN_BUDGET_BYTES } from '../../lambda/server/body-budget';
import { ServeProcess, type StopTimes } from '../../lambda/server/serve-process';
import { duration } from './duration';

interface ServeOptions {
  readonly config: string;
  readonly port: number;
  readonly host: string;
  readonly bodyMemory?: number;
  readonly stopGrace: number;
  readonly stopLimit: number;
}

const MB = 1024 * 1024;

export const serveCommand = (): Command =>
  new Command('serve')
    .description('run the router as a plain HTTP server')
    .requiredOption('-c, --config <file>', 'router configuration, JSON; see docs/configuration.md; read anew on SIGHUP')
    .option('-p, --port <number>', 'port to listen on, 0 for any free one', port, 8080)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--body-memory <megabytes>', 'request bodies held at a time; beyond it clients are told to wait', megabytes)
    .option('--stop-grace <time>', 'on SIGTERM, /health says 503 for so long before the port is closed', wait, 5_000)
    .option('--stop-limit <time>', 'how long answers under way may then take', duration, 120_000)
    .action(serve);

async function serve({ config, port, host, bodyMemory, stopGrace, stopLimit }: ServeOptions): Promise<void> {
  const serving = new ServeProcess(await load(config), new BodyBudget(bodyMemory));
  await serving.listen(port, host);
  process.on('SIGHUP', () => void reload(serving, config));
  const stop = (times: StopTimes) => () => void serving.stop(times);
  process.once('SIGTERM', stop({ graceMs: stopGrace, limitMs: stopLimit }));
  // From a terminal: nobody balances load there. A second one ends the process at once.
  process.once('SIGINT', stop({ graceMs: 0, limitMs: stopLimit }));
  // Last: whoever waits for it may send a signal at once.
  const address = serving.server.address();
  console.log(`listening on http://${host}:${typeof address === 'object' ? address?.port : port}`);
}

async function reload(serving: ServeProcess, config: string): Promise<void> {
  try {
    const next = await load(config);
    console.log(`${config} is in force`);
    await serving.replace(next);
  } catch (error) {
    const why = error instanceof ConfigError ? error.message : errorText(error);
    console.error(`${config} is not taken, the configuration before it stays in force. ${why}`);
  }
}

async function load(config: string): Promise<Router> {
  const parsed = parseConfig(await readConfig(config));
  const missing = parsed.batches ? missingForBatches(parsed, process.env) : [];
  if (missing.length > 0) throw new ConfigError(missing);
  // Its HTTP client takes a while to load, which no other command should wait for.
  const { createServingRouter } = await import('../../lambda/server/serving-router');
  return createServingRouter(parsed, process.env);
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

const wait = (text: string): number => (text === '0s' ? 0 : duration(text));

function megabytes(text: string): number {
  const bytes = Number(text) * MB;
  if (Number.isInteger(bytes) && bytes >= MIN_BUDGET_BYTES) return bytes;
  throw new InvalidArgumentError(
    `'${text}' is not enough for one body of the largest size; use a whole number from ${MIN_BUDGET_BYTES / MB}`,
  );
}
