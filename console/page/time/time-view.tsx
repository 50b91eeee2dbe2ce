import type { ViewProps } from '../app';

export function TimeView({ look }: ViewProps) {
  return <p>{look.gateway}</p>;
}
