export function checkHost(host: string, hosts: readonly string[]): void {
  if (!hosts.includes(host)) throw new Error(`there is no host ${host}; the hosts are ${hosts.join(', ')}`);
}
