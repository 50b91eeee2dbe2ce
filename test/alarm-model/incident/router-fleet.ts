import { ENV, type HostConfig, type RouterConfig } from '../../../lib/contract';
import type { Clock } from '../../../lambda/engine/time/clock';
import type { GatewayRequest, GatewayResponse } from '../../../lambda/engine/gateway';
import type { Transport } from '../../../lambda/hosts/transport/transport';
import { createRouter, type Router } from '../../../lambda/gateway/create-router';
import { AWS, HEALTH_TABLE } from './simulated-aws';

/** What Lambda gives a function, and keys that need no Secrets Manager. */
export const functionEnv = (service: string): Readonly<Record<string, string>> => ({
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  AWS_REGION: 'us-east-1',
  AWS_ENDPOINT_URL: AWS,
  SIMULATED_KEY: 'simulated-key',
  [ENV.SERVICE]: service,
  [ENV.HEALTH_TABLE]: HEALTH_TABLE,
});
/** Lambda keeps an environment that nobody needs for some minutes. */
const IDLE_MS = 600_000;

export const endpointOf = ({ name }: Pick<HostConfig, 'name'>): string => `http://${name}.simulated`;

/** The deployed configuration with hosts at their simulated addresses. */
export function simulatedConfig(config: RouterConfig): RouterConfig {
  return {
    ...config,
    hosts: config.hosts.map((host) => ({
      ...host,
      endpoint: endpointOf(host),
      ...('keys' in host && { keys: [{ env: 'SIMULATED_KEY' }] }),
    })) as HostConfig[],
    telemetry: { logs: false },
  };
}

interface Environment {
  readonly router: Router;
  usedAt: number;
}

/** Routers as Lambda runs them: each handles one request at a time, and tells the others by the health table only. */
export class RouterFleet {
  #idle: Environment[] = [];

  constructor(
    private readonly config: RouterConfig,
    private readonly env: Readonly<Record<string, string>>,
    private readonly world: { readonly clock: Clock; readonly random: () => number; readonly transport: Transport },
  ) {}

  /** The body has to be read: its end sets the environment free. `ended` is called then. */
  async handle(request: GatewayRequest, ended: () => void): Promise<GatewayResponse> {
    const { clock } = this.world;
    this.#idle = this.#idle.filter(({ usedAt }) => usedAt + IDLE_MS > clock.now());
    const environment = this.#idle.pop() ?? { router: createRouter(this.config, this.env, this.world), usedAt: 0 };
    const release = async (): Promise<void> => {
      await environment.router.settle();
      environment.usedAt = clock.now();
      this.#idle.push(environment);
      ended();
    };
    const response = await environment.router.handle(request, new AbortController().signal);
    const { body } = response;
    if (body instanceof Uint8Array) {
      await release();
      return response;
    }
    return { ...response, body: passedOn(body, release) };
  }
}

async function* passedOn(body: AsyncIterable<Uint8Array>, release: () => Promise<void>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } finally {
    await release();
  }
}
