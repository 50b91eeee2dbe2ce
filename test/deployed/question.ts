import { parseConfig } from '../../lambda/gateway/config/config';
import { ENV } from '../../lib/contract';
import type { SdkAsk, SdkProgram, SdkOutcome } from './clients/client';
import type { DeployedGateway } from './gateway/start-deployed-gateway';
import { MODEL } from './stack/test-config';

/** The key that API Gateway has made for the team, by the id that the router knows of it. */
export function keyOf({ api, pools }: DeployedGateway, team: string): string {
  const configs = [...pools.values()].flatMap(({ fn }) => fn.environment[ENV.CONFIG] ?? []);
  const clients = configs.flatMap((config) => parseConfig(config).clients ?? []);
  const id = clients.find(({ name }) => name === team)?.apiKeyId;
  const key = api.keys.find((candidate) => candidate.id === id);
  if (key === undefined) throw new Error(`team ${team} has no key`);
  return key.value;
}

/** Asks with this client and key, streaming, and as little else as an SDK lets one. */
export function askAs(client: SdkProgram, { url }: Pick<DeployedGateway, 'url'>, key: string) {
  return (change: Partial<SdkAsk> = {}): Promise<SdkOutcome> =>
    client.ask({ url, key, model: MODEL, prompt: 'Hello', stream: true, headers: {}, ...change });
}
