import { parseArgs } from 'node:util';

export interface DemoOptions {
  /** Real hosts, from the credentials in the environment. */
  readonly real: boolean;
  /** Steady traffic; with real hosts only on request, because it costs money. */
  readonly traffic: boolean;
  readonly quick: boolean;
  readonly logs: boolean;
  readonly port: number;
  readonly pagePort: number;
}

export const USAGE = `npx cdk-claude-failover demo [options], or in a clone: npm start -- [options]
  --real              real hosts, from the credentials in the environment
  --traffic           with --real: steady traffic, which costs money
  --quick             shorter times for breakers, ramps and timeouts
  --logs              print the router's log lines
  --port <number>     of the gateway, 0 for any free one (default 8080, or PORT)
  --page-port <number>  of the page (default: the one after the gateway's)`;

/** Fails with a text for the person at the terminal. */
export function readOptions(args: readonly string[], env: Readonly<Record<string, string | undefined>>): DemoOptions {
  const values = parseFlags(args);
  const port = readPort(values.port === undefined ? 'PORT' : '--port', values.port ?? (env['PORT'] || '8080'));
  const pagePort = readPort('--page-port', values['page-port'] ?? String(port === 0 ? 0 : Math.min(port + 1, 65_535)));
  return {
    real: values.real,
    traffic: values.traffic || !values.real,
    quick: values.quick,
    logs: values.logs,
    port,
    pagePort,
  };
}

function parseFlags(args: readonly string[]) {
  const flag = { type: 'boolean', default: false } as const;
  const port = { type: 'string' } as const;
  const options = { real: flag, traffic: flag, quick: flag, logs: flag, port, 'page-port': port };
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`, { cause: error });
  }
}

function readPort(name: string, text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Error(`${name}: '${text}' is not a port; use a number from 0 to 65535`);
}
