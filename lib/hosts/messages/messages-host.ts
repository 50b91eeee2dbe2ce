import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { FORMS } from '../../contract';
import { FEATURES, type NamedFeature } from '../../contract/features';
import { isPrivateServer } from '../../contract/hosts/private-server';
import { checkForm, checkUrl } from '../host-base';
import type { BindHost } from '../host-binding';
import { otherHostBase } from '../other-host-base';
import { keySources } from '../provider-keys';
import { serverOf, servedIn } from '../served-in';
import { ValidationError } from '../../validation-error';
import type { MessagesHostProps } from './messages-host-props';

export const messagesHost =
  (props: MessagesHostProps) =>
  (name: string): BindHost =>
  (scope) => {
    const { baseUrl, auth, headers = {}, lacks } = props;
    const { _auth, _keys } = auth;
    checkUrl(scope, name, 'baseUrl', baseUrl);
    checkPlain(scope, name, baseUrl);
    if (typeof _auth === 'object') {
      checkForm(scope, name, 'auth.service', _auth.sigv4, /^[a-z0-9-]+$/, "the service's name in signatures");
      checkForm(scope, name, 'auth.region', _auth.region, ...FORMS.awsRegion);
    }
    const secrets = Object.entries(headers);
    for (const [header] of secrets) {
      checkForm(scope, name, 'headers', header, /^[\w!#$%&'*+.^`|~-]+$/, 'the name of a header');
    }
    return {
      config: {
        ...otherHostBase(scope, name, props),
        kind: 'messages',
        endpoint: baseUrl,
        auth: _auth,
        keys: _keys && keySources(scope, name, _keys),
        ...(secrets.length > 0 && {
          headers: Object.fromEntries(secrets.map(([header, key]) => [header, keySources(scope, name, [key])[0]!])),
        }),
        lacks: lacks?.map((word) => feature(scope, name, word)),
      },
      failureDomains: [serverOf(baseUrl)],
      places: servedIn(scope, name, props.servedIn),
      keys: [...(_keys ?? []), ...secrets.map(([, key]) => key)],
    };
  };

function checkPlain(scope: Construct, host: string, url: string): void {
  if (Token.isUnresolved(url) || !url.startsWith('http:') || isPrivateServer(serverOf(url))) return;
  throw new ValidationError(
    scope,
    `host '${host}': 'baseUrl' is plain http to '${serverOf(url)}', which is no private network; use https`,
  );
}

function feature(scope: Construct, host: string, word: string): NamedFeature {
  const found = FEATURES.find((each) => each === word);
  if (found !== undefined) return found;
  throw new ValidationError(
    scope,
    `host '${host}': 'lacks' has the unknown feature '${word}'; the features are ${FEATURES.join(', ')}`,
  );
}
