import type { Ask, Client, Outcome } from './clients/client';
import type { DeployedGateway } from './gateway/start-deployed-gateway';
import { MODEL, type TEAMS } from './stack/test-config';

type Team = (typeof TEAMS)[number]['name'];

/** The key that API Gateway has made for the team, told by its plan. */
export function keyOf({ api }: DeployedGateway, team: Team): string {
  const isIts = {
    product: ({ rate, quota }: Plan) => rate === undefined && quota === undefined,
    slow: ({ rate }: Plan) => rate !== undefined,
    small: ({ quota }: Plan) => quota !== undefined,
  }[team];
  const key = api.keys.find(({ plan }) => plan && isIts(plan));
  if (key === undefined) throw new Error(`team ${team} has no key`);
  return key.value;
}
type Plan = NonNullable<DeployedGateway['api']['keys'][number]['plan']>;

/** Asks with this client and key, streaming, and as little else as an SDK lets one. */
export function askAs(client: Client, { url }: DeployedGateway, key: string) {
  return (change: Partial<Ask> = {}): Promise<Outcome> =>
    client.ask({ url, key, model: MODEL, prompt: 'Hello', stream: true, headers: {}, ...change });
}
