const INKS = 6;

/** Hosts have their colours by their place in the chain, on every page. */
export const inkOf = (hosts: readonly string[], host: string | undefined): string => {
  const place = host === undefined ? -1 : hosts.indexOf(host);
  return place < 0 ? 'var(--muted)' : `var(--host-${place % INKS})`;
};
