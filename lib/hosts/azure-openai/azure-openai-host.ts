import { FOUNDRY_RESOURCE } from '../../contract';
import type { AzureOpenaiHostProps } from './azure-openai-host-props';
import { checkForm } from '../host-base';
import type { BindHost } from '../host-binding';
import { otherHostBase } from '../other-host-base';
import { keySources } from '../provider-keys';
import { servedIn } from '../served-in';
import { ValidationError } from '../../validation-error';

export const azureOpenaiHost =
  (props: AzureOpenaiHostProps) =>
  (name: string): BindHost =>
  (scope) => {
    const { resource, keys, entra } = props;
    checkForm(scope, name, 'resource', resource, FOUNDRY_RESOURCE, 'the name of the Azure resource alone');
    if ((keys === undefined) === (entra === undefined)) {
      const given = keys === undefined ? 'neither' : 'both';
      throw new ValidationError(scope, `host '${name}': give either 'keys' or 'entra', got ${given}`);
    }
    for (const id of ['tenantId', 'clientId'] as const) {
      if (entra) checkForm(scope, name, `entra.${id}`, entra[id], /^[\w.-]+$/, 'an id without spaces and slashes');
    }
    const secrets = keys ?? (entra ? [entra.secret] : []);
    const sources = keySources(scope, name, secrets);
    return {
      config: {
        ...otherHostBase(scope, name, props),
        kind: 'azure-openai',
        resource,
        ...(entra
          ? { entra: { tenantId: entra.tenantId, clientId: entra.clientId, secret: sources[0]! } }
          : { keys: sources }),
      },
      failureDomains: ['azure'],
      // The deployment's type decides, and it is not known here.
      places: servedIn(scope, name, props.servedIn),
      keys: secrets,
    };
  };
