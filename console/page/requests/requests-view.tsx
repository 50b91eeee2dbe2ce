import type { ViewProps } from '../app';

export function RequestsView({ look }: ViewProps) {
  return <p>{look.gateway}</p>;
}
