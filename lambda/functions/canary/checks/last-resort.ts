import { type HostConfig, isClaudeHost, type RouterConfig } from '../../../../lib/contract';

/** The configuration in which what last resorts ask of hosts is a model like any other, so that each can be asked for by name. */
export function withLastResort(config: RouterConfig): RouterConfig {
  const { hosts, models, routes } = config;
  const links = routes.flatMap(({ lastResort = [] }) => lastResort);
  const known = new Set(models.map((model) => (typeof model === 'string' ? model : model.id)));
  const others = new Set<string>();
  const asked = hosts.map((host): HostConfig => {
    const own = links.filter((link) => link.host === host.name).map(({ model }) => model);
    if (isClaudeHost(host) || own.length === 0) return host;
    for (const model of own) if (!known.has(model)) others.add(model);
    return { ...host, models: { ...Object.fromEntries(own.map((model) => [model, model])), ...host.models } };
  });
  return { ...config, hosts: asked, models: [...models, ...[...others].map((id) => ({ id, on: {} }))] };
}
