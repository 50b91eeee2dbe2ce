import type { Env } from '../../runtime/require-env';

const EVERYWHERE = '0.0.0.0';
const PORT = 8080;

/** Where a Lambda Web Function says, else on `PORT` of the container. */
export function listenAddress({ AWS_LAMBDA_HTTP_ENDPOINT: endpoint, PORT: port }: Env): {
  readonly host: string;
  readonly port: number;
} {
  if (!endpoint) return { host: EVERYWHERE, port: portOf('PORT', port || String(PORT)) };
  const [, host, number = ''] = /^(?:https?:\/\/)?(.*?):?(\d*)\/?$/.exec(endpoint) ?? [];
  return { host: host || EVERYWHERE, port: portOf('AWS_LAMBDA_HTTP_ENDPOINT', number) };
}

function portOf(name: string, text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Error(`the environment variable ${name} names the port '${text}'; it must be a whole number up to 65535`);
}
