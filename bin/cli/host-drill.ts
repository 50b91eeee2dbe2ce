import { setTimeout as sleep } from 'node:timers/promises';
import type { StackDescription } from '../../lib/contract';
import { ask } from '../../local/client/ask';
import { callByName, type Called } from './call-by-name';
import { openGateway, type GatewayAccess } from './gateway-access';
import { checkHost, checkModel } from './known-names';
import { openOverrideStore } from './override-store';
import type { DrillSubject } from './region-drill';

/** Routers read the health table every 5 s: so long they may still skip a host that was drained or drilled a moment ago. */
const SETTLE_MS = 7000;
const ASK_AGAIN_MS = 500;

/** The parts of a drill that breaks one host, as a client of the gateway sees it. */
export async function hostDrill(
  stack: StackDescription,
  host: string,
  wanted: string | undefined,
): Promise<DrillSubject> {
  const gateway = await openGateway(stack);
  const model = await readyToBreak(gateway, host, wanted);
  const overrides = openOverrideStore(stack);
  return {
    model,
    breakHost: (until) => overrides.set({ host, action: 'drill', until }),
    healHost: () => overrides.clear(host),
    ask: ({ text, maxTokens }) =>
      ask(gateway.client, { model, text, stream: true, commit: 'first-content', maxTokens }),
  };
}

/** The model of the drill. Refused where clients would feel it, or where there is nothing to see. */
async function readyToBreak(gateway: GatewayAccess, host: string, model: string | undefined): Promise<string> {
  const { hosts, models } = gateway;
  checkHost(host, hosts);
  if (model !== undefined) checkModel(model, models);
  const called = await Promise.all(
    hosts.map((name) => (name === host ? settled(gateway, host) : callByName(gateway, name))),
  );
  const own = called.find((each) => each.host === host);
  if (own?.problem !== undefined)
    throw new Error(`${host} is broken already, so there is nothing to see: ${own.problem.detail}`);
  const others = called.filter((each) => each.host !== host);
  if (!others.some(({ problem }) => problem === undefined)) {
    const why =
      others.map(({ host: name, problem }) => `\n  ${name}: ${problem?.detail}`).join('') || ' it is the only host';
    throw new Error(`no fallback of ${host} is healthy, so clients would feel the drill:${why}`);
  }
  return model ?? own?.model ?? models[0]!;
}

async function settled(gateway: GatewayAccess, host: string): Promise<Called> {
  const giveUp = Date.now() + SETTLE_MS;
  for (;;) {
    const called = await callByName(gateway, host);
    if (called.problem === undefined || Date.now() > giveUp) return called;
    await sleep(ASK_AGAIN_MS);
  }
}
