import { Token } from 'aws-cdk-lib';
import type { OpenaiCompatibleHostProps, OpenaiHostProps } from './openai-host-props';
import { checkUrl } from '../host-base';
import type { BindHost } from '../host-binding';
import { otherHostBase } from '../other-host-base';
import { keySources } from '../provider-keys';
import { serverOf, servedIn } from '../served-in';

export const openaiHost =
  (props: OpenaiHostProps) =>
  (name: string): BindHost =>
  (scope) => ({
    config: { ...otherHostBase(scope, name, props), kind: 'openai', keys: keySources(scope, name, props.keys) },
    failureDomains: ['openai'],
    places: servedIn(scope, name, props.servedIn),
    keys: props.keys,
  });

export function openaiCompatibleName({ baseUrl }: OpenaiCompatibleHostProps): string {
  const server = Token.isUnresolved(baseUrl) ? '' : serverOf(baseUrl);
  return ['openai-compatible', ...(/^[a-z0-9.-]+$/.test(server) ? server.split('.') : [])].join('-').slice(0, 63);
}

export const openaiCompatibleHost =
  (props: OpenaiCompatibleHostProps) =>
  (name: string): BindHost =>
  (scope) => {
    const { baseUrl, keys } = props;
    return {
      config: {
        ...otherHostBase(scope, name, props),
        kind: 'openai',
        endpoint: checkUrl(scope, name, 'baseUrl', baseUrl),
        keys: keys && keySources(scope, name, keys),
      },
      failureDomains: [serverOf(baseUrl)],
      places: servedIn(scope, name, props.servedIn),
      keys: keys ?? [],
    };
  };
