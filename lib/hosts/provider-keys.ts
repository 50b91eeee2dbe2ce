import type { Construct } from 'constructs';
import type { KeySource } from '../contract';
import type { IProviderKey } from './provider-key';
import { ValidationError } from '../validation-error';

/** Where the router finds a host's keys. */
export function keySources(scope: Construct, host: string, keys: readonly IProviderKey[]): KeySource[] {
  if (keys.length === 0) {
    throw new ValidationError(scope, `host '${host}': 'keys' must have at least one key; add a ProviderKey`);
  }
  return keys.map(({ secret, field }) => ({ secretArn: secret.secretArn, field }));
}
