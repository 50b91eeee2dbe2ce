import type { ViewProps } from '../app';

export function SetUpView({ look }: ViewProps) {
  return <p>{look.gateway}</p>;
}
