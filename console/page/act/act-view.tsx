import type { ViewProps } from '../app';

export function ActView({ look }: ViewProps) {
  return <p>{look.gateway}</p>;
}
