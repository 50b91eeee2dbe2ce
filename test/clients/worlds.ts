import type { LinkConfig } from '../../lib/contract';
import { FEATURES } from '../../lib/contract/features';
import { MODEL, startGateway, type Running } from '../e2e/harness';
import { HOST_NAMES, type HostName } from '../e2e/host-setups';
import type { Door } from './programs';

/** The models of other makers, by the kind of host that has them. */
export const OTHER_MODELS = {
  messages: 'qwen3-coder',
  openai: 'gpt-5.2',
  'azure-openai': 'my-gpt',
  'vertex-gemini': 'google/gemini-3-pro',
  'bedrock-models': 'qwen.qwen3-vl-235b-a22b',
} as const satisfies Partial<Record<HostName, string>>;
type OtherName = keyof typeof OTHER_MODELS;
export const OTHERS = Object.keys(OTHER_MODELS) as OtherName[];

/** A gateway whose first host a case breaks, and the host behind it that is to answer. */
export interface World {
  readonly gateway: Running;
  readonly first: HostName;
  readonly next: HostName;
  /** That answers there. */
  readonly model: string;
}

/** What a client of each door is to be served by: hosts of other models, or Claude's. */
export const NEXT_HOSTS: Readonly<Record<Door, readonly HostName[]>> = {
  anthropic: ['bedrock', ...OTHERS],
  openai: [...HOST_NAMES, 'openai'],
};

export async function openWorld(next: HostName): Promise<World> {
  const first = next === 'anthropic' ? 'foundry' : 'anthropic';
  const model = isOther(next) ? OTHER_MODELS[next] : MODEL;
  const lastResort: LinkConfig[] = isOther(next) ? [{ host: next, model }] : [];
  const gateway = await startGateway({
    chain: [first, next],
    config: { steering: ['last-resort'] },
    hosts: {
      // That it would answer a second time is not the question.
      [first]: { retry: { quickRetries: 0 } },
      // A server that has what the clients ask for beyond plain messages.
      messages: { lacks: FEATURES.filter((feature) => feature !== 'structured_outputs') },
    },
    ...(isOther(next) && { route: { chain: [first], lastResort } }),
  });
  return { gateway, first, next, model };
}

function isOther(name: HostName): name is OtherName {
  return name in OTHER_MODELS;
}
