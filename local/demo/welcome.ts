import type { DemoChain } from './demo-chain';

/** What the terminal says once everything runs. */
export function welcome(
  gateway: string,
  page: string,
  { hosts, key, model, yardstick }: DemoChain,
  missing: readonly string[],
): string {
  const isSimulated = yardstick !== undefined;
  const order = hosts.map(({ title, name }, index) => `    ${index + 1}. ${name.padEnd(18)}  ${title}`);
  const curl = `curl -i ${gateway}/v1/messages -H 'content-type: application/json' -H 'anthropic-version: 2023-06-01' -H 'x-api-key: ${key}' \\
      -d '{"model":"${model}","max_tokens":100,"messages":[{"role":"user","content":"hello"}]}'`;
  return `
  Page      ${page}
  Gateway   ${gateway}

  Behind the gateway, in this order${isSimulated ? ', all simulated' : ''}:
${order.join('\n')}
${missing.map((line) => `    not found: ${line}\n`).join('')}
  Point a client at it:
    SDK          new Anthropic({ baseURL: '${gateway}', apiKey: '${key}' })
    Claude Code  ANTHROPIC_BASE_URL=${gateway} ANTHROPIC_AUTH_TOKEN=${key} claude
    curl         ${curl}

  ${isSimulated ? TRY_SIMULATED : TRY_REAL}
  Ctrl-C ends it.
`;
}

const TRY_SIMULATED =
  'Try: open the page, press "Kill the primary", and watch "failures seen by the client" stay at 0.';
const TRY_REAL = 'Try: open the page and send a request. It goes to a real host and costs a little.';
