import { ENV, type HostConfig, type RouterConfig } from '../../../lib/contract';
import { AWS, HEALTH_TABLE } from './simulated-aws';

/** What Lambda gives a function, and keys that need no Secrets Manager. */
export const functionEnv = (service: string, table = HEALTH_TABLE): Readonly<Record<string, string>> => ({
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  AWS_REGION: 'us-east-1',
  AWS_ENDPOINT_URL: AWS,
  SIMULATED_KEY: 'simulated-key',
  [ENV.SERVICE]: service,
  [ENV.HEALTH_TABLE]: table,
});

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
