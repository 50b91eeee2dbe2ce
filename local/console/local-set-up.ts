import type { RouterConfig } from '../../lib/contract';
import { parseConfig } from '../../lambda/gateway/config/config';
import { errorText } from '../../lambda/runtime/error-text';
import type { SetUpView } from '../../console/source';
import { actWords } from '../../console/view/act-words';
import type { HealthReport } from './health-report';

interface Gateway {
  readonly url: string;
  readonly config: RouterConfig;
}

/** How the gateway of this machine is set up, and what stands in its way. */
export function localSetUp({ url, config }: Gateway, { hosts }: HealthReport): SetUpView {
  return {
    config: withoutDigests(config),
    problems: problemsOf(config),
    findings: hosts.map(findingOf),
    url,
    models: (config.models ?? []).map((model) => (typeof model === 'string' ? model : JSON.stringify(model))),
    clients: (config.clients ?? []).map(({ name }) => name),
  };
}

function findingOf({ name, models, override }: HealthReport['hosts'][number]): SetUpView['findings'][number] {
  const subject = `host ${name}`;
  if (override && override.action !== 'weight') {
    const remedy = `Take it back on the page "Act": ${actWords({ act: 'undrain', host: name })}`;
    return { subject, status: 'warning', detail: `in a ${override.action} by an operator`, remedy };
  }
  const resting = models.find(({ state }) => state === 'open' || state === 'cooling');
  if (resting === undefined) return { subject, status: 'ok', detail: 'takes requests' };
  const detail = `rests for ${resting.model}: ${resting.reason ?? resting.state}`;
  return { subject, status: 'problem', detail, remedy: 'Look at its latest requests: what it has said stands there' };
}

function problemsOf(config: RouterConfig): string[] {
  try {
    parseConfig(JSON.stringify(config));
    return [];
  } catch (error) {
    return [errorText(error)];
  }
}

/** A digest is no key, and still nobody's business. */
function withoutDigests(config: RouterConfig): unknown {
  return JSON.parse(JSON.stringify(config, (name, value: unknown) => (name === 'keySha256' ? undefined : value)));
}
