import { keySources, type RouterConfig } from '../../../lib/contract';

/** A key that is not there would show at the first outage, when its host is needed. */
export function missingKeys(config: RouterConfig, env: Readonly<Record<string, string | undefined>>): string[] {
  return config.hosts.flatMap((host, hostIndex) =>
    keySources(host).flatMap(([place, key]) =>
      'env' in key && !env[key.env]?.trim()
        ? [`hosts[${hostIndex}].${place}: the environment variable ${key.env} is not set; set it, or take the key out`]
        : [],
    ),
  );
}
