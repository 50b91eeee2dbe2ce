import { createHash } from 'node:crypto';
import { CANARY_CLIENT } from '../../../../lib/contract';
import type { Deployed } from '../../deployed';
import { type Diagnosis, ok, problem } from '../../diagnosis';

/** Teams whose key the other region does not take. Keys are compared by what cannot be turned back into them. */
export async function clientKeys(own: Deployed, other: Deployed): Promise<Diagnosis[]> {
  const [here, there] = await Promise.all([fingerprints(own), fingerprints(other)]);
  const apart = [...new Set([...here.keys(), ...there.keys()])].filter((team) => here.get(team) !== there.get(team));
  if (apart.length === 0) return [ok('keys', `${here.size} of teams, the same in both regions`)];
  return apart.map((team) =>
    problem(
      `key of ${team}`,
      `differs between ${own.stack.region} and ${other.stack.region}, so that clients are refused once they are sent there`,
      "Give the team one 'keySecret' with replicas, and deploy both regions; API Gateway takes a new value only by a new key",
    ),
  );
}

async function fingerprints({ config, stack: { region } }: Deployed): Promise<ReadonlyMap<string, string>> {
  const { APIGatewayClient, GetApiKeyCommand } = await import('@aws-sdk/client-api-gateway');
  const client = new APIGatewayClient({ region });
  const found = await Promise.all(
    (config.clients ?? []).map(async ({ name, apiKeyId: apiKey }): Promise<[string, string][]> => {
      // A canary's key is its own region's.
      if (apiKey === undefined || name === CANARY_CLIENT) return [];
      const { value = '' } = await client.send(new GetApiKeyCommand({ apiKey, includeValue: true }));
      return [[name, createHash('sha256').update(value).digest('hex')]];
    }),
  );
  return new Map(found.flat());
}
