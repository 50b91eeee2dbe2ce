import type { AnthropicHostProps } from './anthropic-host-props';
import { hostBase } from '../host-base';
import type { BindHost } from '../host-binding';
import { keySources } from '../provider-keys';

export const anthropicHost =
  (props: AnthropicHostProps) =>
  (name: string): BindHost =>
  (scope) => ({
    config: { ...hostBase(scope, name, props), kind: 'anthropic', keys: keySources(scope, name, props.keys) },
    failureDomains: ['anthropic'],
    places: ['anywhere'],
    keys: props.keys,
  });
