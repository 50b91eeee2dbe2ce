import type { BedrockHostConfig } from '../../../lib/contract';
import type { HostCall } from '../../engine/host';
import type { HostDeps } from '../host-deps';

type Asked = Pick<HostCall, 'client' | 'model'>;

/** What Bedrock is asked for: the client's own profile of a model where it has one, else what every client is given. */
export function modelIds({ clientModels = {} }: BedrockHostConfig, { models }: HostDeps) {
  const own = new Map(
    Object.entries(clientModels).map(([client, ids]) => [
      client,
      new Map(Object.entries(ids).map(([name, id]) => [models.find(name)?.id ?? name, id])),
    ]),
  );
  return ({ client, model }: Asked): string | undefined =>
    client === undefined ? undefined : own.get(client)?.get(model);
}
