import type { SetUpView } from '../../console/source';
import { doctorChecks } from '../doctor/doctor-checks';
import { runDoctor } from '../doctor/run-doctor';
import type { FoundStack } from '../cli/find-stack';
import type { Place } from './place';

/** Calls each host, which costs tokens: the canary's last word on them is among the findings as well. */
const COSTLY = new Set(['hosts']);

/** How the gateway is deployed, and what the doctor finds of it, read-only. */
export async function readSetUp(found: FoundStack, { stack, config }: Place): Promise<SetUpView> {
  const checks = (await doctorChecks(found)).filter(({ name }) => !COSTLY.has(name));
  const findings = await runDoctor(checks, () => undefined);
  return {
    config: withoutDigests(config),
    problems: [],
    findings: findings.map(({ check, subject, status, detail, remedy }) => ({
      subject: `${check}: ${subject}`,
      status,
      detail,
      ...(remedy !== undefined && { remedy }),
    })),
    url: stack.pair === undefined ? stack.url : `https://${stack.pair.name}`,
    models: config.models.map((model) => (typeof model === 'string' ? model : model.id)),
    clients: (config.clients ?? []).map(({ name }) => name),
  };
}

/** A digest is no key, and still nobody's business. */
function withoutDigests(config: Place['config']): unknown {
  return JSON.parse(JSON.stringify(config, (name, value: unknown) => (/sha256$/i.test(name) ? undefined : value)));
}
