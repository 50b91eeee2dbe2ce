import type { RouterConfig } from '../../../lib/contract';

/** Only api.anthropic.com keeps batches and files that we can reach. */
export function statefulProblems({ hosts, stateful }: RouterConfig): string[] {
  if (stateful === undefined || stateful === false) return [];
  const names = hosts.filter(({ kind }) => kind === 'anthropic').map(({ name }) => name);
  if (names.length === 0)
    return ['stateful: no host of kind anthropic keeps batches and files; add one or remove this'];
  if (stateful === true || names.includes(stateful.host)) return [];
  return [`stateful.host: "${stateful.host}" is not a host of kind anthropic; those are ${names.join(', ')}`];
}
