export function checkHost(host: string, hosts: readonly string[]): void {
  if (!hosts.includes(host)) throw new Error(`there is no host ${host}; the hosts are ${hosts.join(', ')}`);
}

export function checkModel(model: string, models: readonly string[]): void {
  if (!models.includes(model))
    throw new Error(`${model} is not served by this gateway; it serves ${models.join(', ')}`);
}
