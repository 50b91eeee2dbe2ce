import { FOUNDRY_RESOURCE } from '../../contract';
import { FoundryHosting, type FoundryHostProps } from './foundry-host-props';
import { checkForm, hostBase } from '../host-base';
import type { BindHost } from '../host-binding';
import { keySources } from '../provider-keys';

export const foundryHost =
  (props: FoundryHostProps) =>
  (name: string): BindHost =>
  (scope) => {
    const { resource, keys, hosting } = props;
    checkForm(scope, name, 'resource', resource, FOUNDRY_RESOURCE, 'the name of the Foundry resource alone');
    return {
      config: {
        ...hostBase(scope, name, props),
        kind: 'foundry',
        resource,
        keys: keySources(scope, name, keys),
        hosting,
      },
      // What Anthropic runs there goes down with Anthropic.
      failureDomains: hosting === FoundryHosting.AZURE ? ['azure'] : ['azure', 'anthropic'],
      // The deployment's type decides, and it is not known here.
      places: ['anywhere'],
      keys,
    };
  };
