import { callByName } from '../../cli/call-by-name';
import type { GatewayAccess } from '../../cli/gateway-access';
import { ok, problem, type Diagnosis } from '../diagnosis';

/** Every host by name, through the gateway: a wrong credential, a missing model and a closed network show here. */
export function hosts(gateway: GatewayAccess): Promise<Diagnosis[]> {
  return Promise.all(
    gateway.hosts.map(async (name): Promise<Diagnosis> => {
      const called = await callByName(gateway, name);
      const subject = `host ${name}`;
      if (called.problem === undefined) return ok(subject, `answers with ${called.model}`);
      return problem(subject, called.problem.detail, called.problem.remedy);
    }),
  );
}
