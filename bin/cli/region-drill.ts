import Anthropic from '@anthropic-ai/sdk';
import { type PairDescription, REGION_HOST, type StackDescription } from '../../lib/contract';
import { ask, type Sample } from '../../local/client/ask';
import type { DrillDeps } from '../drill/run-drill';
import { type GatewayAccess, openGateway } from './gateway-access';
import { checkModel } from './known-names';
import { openOverrideStore } from './override-store';
import { findStack } from './find-stack';

/** What a drill breaks, and how its clients ask. */
export interface DrillSubject extends Pick<DrillDeps, 'breakHost' | 'healHost'> {
  readonly model: string;
  ask(question: { readonly text: string; readonly maxTokens: number }): Promise<Sample>;
}

/** Refused where the stack is alone, or where the other region could not take over. */
export async function regionDrill(stack: StackDescription, model: string | undefined): Promise<DrillSubject> {
  const { pair, region } = stack;
  if (pair === undefined) throw new Error(`the gateway in ${region} is alone: there is no other region to go to`);
  const gateway = await openGateway(stack);
  await checkOther(pair, stack.url);
  const overrides = openOverrideStore(stack);
  const { models, key } = gateway;
  if (model !== undefined) checkModel(model, models);
  const asked = model ?? models.at(-1)!;
  const url = `https://${pair.name}`;
  return {
    model: asked,
    breakHost: (until) => overrides.set({ host: REGION_HOST, action: 'drill', until }),
    healHost: () => overrides.clear(REGION_HOST),
    async ask({ text, maxTokens }) {
      const question = { model: asked, text, stream: true, commit: 'first-content', maxTokens } as const;
      // Side by side, so that both follow the name at the same moment.
      const [sample, at] = await Promise.all([ask(clientOf(url, key), question), regionAt(url, gateway)]);
      return { ...sample, host: sample.failure === undefined ? (at ?? sample.host) : undefined };
    },
  };
}

/** A new one each time, which asks for the name; no retry of its own: what a client would feel has to be seen. */
const clientOf = (baseURL: string, authToken: string): Anthropic =>
  new Anthropic({
    baseURL,
    authToken,
    apiKey: null,
    maxRetries: 0,
    timeout: 60_000,
    defaultHeaders: { connection: 'close' },
  });

/** The region that answers for the name now. */
async function regionAt(url: string, { key }: GatewayAccess): Promise<string | undefined> {
  try {
    const headers = { authorization: `Bearer ${key}`, connection: 'close' };
    const answer = await fetch(`${url}/health/hosts`, { headers, signal: AbortSignal.timeout(10_000) });
    return ((await answer.json()) as { readonly region?: string }).region;
  } catch {
    return undefined;
  }
}

/** Throws where the other region does not serve. */
export async function checkOther({ other }: PairDescription, ownUrl: string): Promise<void> {
  const { stack } = await findStack({ stack: other.stack, region: other.region });
  const answer = await fetch(`${stack.url}/health`).catch(() => undefined);
  const said = (await answer?.json().catch(() => undefined)) as { readonly serving?: boolean } | undefined;
  if (said?.serving === true) return;
  throw new Error(
    `${other.region} does not serve, so that clients of ${ownUrl} would have nowhere to go; npx claude-failover doctor says why`,
  );
}
