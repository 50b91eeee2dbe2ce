import { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets';

/** In a module of its own, so that a router whose keys are all in the environment never loads the client. */
const providers = new Map<string, SecretsProvider>();

/** The text of a secret; `fresh` reads past the cache. Errors carry AWS's own text, which has no values. */
export async function readSecret(secretArn: string, fresh: boolean): Promise<string> {
  // A secret may live in another region than the router.
  const region = secretArn.split(':')[3] ?? '';
  let provider = providers.get(region);
  if (provider === undefined) {
    provider = new SecretsProvider(region === '' ? undefined : { clientConfig: { region } });
    providers.set(region, provider);
  }
  const value = await provider.get(secretArn, { forceFetch: fresh });
  if (typeof value !== 'string') throw new Error('it has no text value');
  return value;
}
