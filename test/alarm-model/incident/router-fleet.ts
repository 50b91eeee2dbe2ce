import { ENV, type HostConfig, type RouterConfig } from '../../../lib/contract';
import type { Clock } from '../../../lambda/core/clock';
import type { GatewayRequest } from '../../../lambda/core/gateway';
import type { Transport } from '../../../lambda/hosts/transport';
import { createRouter, type Router } from '../../../lambda/router/create-router';
import { HEALTH_TABLE } from './simulated-aws';

const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  AWS_REGION: 'us-east-1',
  SIMULATED_KEY: 'simulated-key',
};
/** Lambda keeps an environment that nobody needs for some minutes. */
const IDLE_MS = 600_000;

export const endpointOf = ({ name }: Pick<HostConfig, 'name'>): string => `http://${name}.simulated`;

/** The deployed configuration with hosts at their simulated addresses, and keys that need no Secrets Manager. */
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
    private readonly service: string,
    private readonly world: { readonly clock: Clock; readonly random: () => number; readonly transport: Transport },
  ) {}

  /** Until the answer's last byte. */
  async ask(request: GatewayRequest): Promise<void> {
    const { clock } = this.world;
    this.#idle = this.#idle.filter(({ usedAt }) => usedAt + IDLE_MS > clock.now());
    const environment = this.#idle.pop() ?? { router: this.#start(), usedAt: 0 };
    const { body } = await environment.router.handle(request, new AbortController().signal);
    if (!(body instanceof Uint8Array)) for await (const _piece of body);
    await environment.router.settle();
    environment.usedAt = clock.now();
    this.#idle.push(environment);
  }

  #start(): Router {
    return createRouter(
      this.config,
      { ...CREDENTIALS, [ENV.SERVICE]: this.service, [ENV.HEALTH_TABLE]: HEALTH_TABLE },
      this.world,
    );
  }
}
