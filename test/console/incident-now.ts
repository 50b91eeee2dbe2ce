import { createCanaryStore } from '../../lambda/functions/canary/canary-store';
import { readLine, type RequestLine } from '../../console/view/lines';
import type { GatewayNow, LinkNow } from '../../console/view/now';
import { trafficByHost, trafficOf } from '../../console/view/traffic';
import type { DeployedStack } from '../alarm-model/incident/deployed-stack';
import type { Incident } from '../alarm-model/incident/incident';
import { recordIncident, START, type Scene } from '../alarm-model/incident/run-incident';
import { ownName, severityOf } from '../alarm-model/incident/severity';
import { HEALTH_TABLE } from '../alarm-model/incident/simulated-aws';
import { MINUTE_MS, replay } from '../alarm-model/cloudwatch/replay';

const MINUTES = 5;

/** The gateway as the console shows it in that minute of an incident: from its report, its log, its canary and its alarms. */
export async function incidentNow(incident: Incident, stack: DeployedStack, minute: number): Promise<GatewayNow> {
  let seen: Omit<GatewayNow, 'alarms'> | undefined;
  const look = async (scene: Scene): Promise<void> => {
    seen = await lookAt(scene);
  };
  const store = await recordIncident(incident, stack, { at: minute, look });
  const { states, notifications } = replay(stack.alarms, store, START + MINUTE_MS, START + minute * MINUTE_MS);
  const on = new Map<string, GatewayNow['alarms'][number]>();
  for (const { alarm, state, topic, at, heldBy } of notifications) {
    if (state !== 'ALARM' || heldBy !== undefined || states.get(alarm) !== 'ALARM') continue;
    const id = ownName(alarm);
    const { description } = stack.alarms.find(({ name }) => name === alarm)!;
    on.set(id, { id, tells: severityOf(topic), since: at, text: description });
  }
  return { ...seen!, alarms: [...on.values()] };
}

async function lookAt({ now, env, lines, handle }: Scene): Promise<Omit<GatewayNow, 'alarms'>> {
  const report = await handle({
    id: 'gw_look',
    method: 'GET',
    path: '/health/hosts',
    query: '',
    headers: {},
    body: new Uint8Array(),
    client: 'default',
    timeLeftMs: 60_000,
  });
  const { hosts } = JSON.parse(Buffer.from(report.body as Uint8Array).toString()) as {
    hosts: readonly { name: string; kind: string; models: LinkNow['models']; override?: LinkNow['override'] }[];
  };
  const results = await createCanaryStore(HEALTH_TABLE, env).results();
  const recent = lines
    .map(readLine)
    .filter((line): line is RequestLine => line?.kind === 'request' && line.endedAt >= now - MINUTES * MINUTE_MS);
  const traffic = trafficByHost(recent);
  return {
    name: 'incident',
    region: 'us-east-1',
    url: '',
    at: now,
    links: hosts.map(({ name: host, kind, models, override }) => ({
      host,
      kind,
      models,
      ...(override && { override }),
      checks: results
        .filter((result) => result.host === host)
        .map(({ model, shape, outcome, at }) => ({ model, shape, outcome, at })),
      ...(traffic.get(host) ?? { share: 0, failures: {} }),
    })),
    traffic: trafficOf(recent, MINUTES),
    ...(results.length > 0 && { canaryAt: Math.max(...results.map(({ at }) => at)) }),
  };
}
