import { abortable } from '../transport/abortable';
import type { BedrockHost, Door } from './door';
import { MESSAGES_BETAS } from './betas';
import { firstPartyHeaders, PATHS } from '../first-party-request';
import { fitRequest } from '../fitted-request';
import { createSigner } from '../../aws/sigv4';

/** What the memory of refused versions says for both doors; this one is spoken to in Anthropic's own terms. */
const BEDROCK_VERSION = 'bedrock-2023-05-31';
const OLDEST_VERSION = '2023-06-01';

/** Bedrock's Messages API: Anthropic's wire, signed. */
export function createMessagesDoor({ config, deps, facts, modelId, credentials }: BedrockHost): Door {
  const origin = deps.transport.origin(config.endpoint ?? `https://bedrock-runtime.${config.region}.amazonaws.com`);
  const sign = createSigner('bedrock', config.region, credentials, deps.clock);
  return async (call, signal) => {
    const { fields, betas, version, dropped } = fitRequest(call, facts.of(call.model), MESSAGES_BETAS);
    const { 'anthropic-beta': _, ...headers } = firstPartyHeaders(call.headers);
    headers['anthropic-version'] = version === undefined || version === BEDROCK_VERSION ? OLDEST_VERSION : version;
    if (betas.length > 0) headers['anthropic-beta'] = betas.join(',');
    const body = Buffer.from(JSON.stringify({ ...fields, model: modelId(call), stream: call.stream }));
    const path = `/anthropic${PATHS.messages}`;
    const signed = await abortable(sign({ method: 'POST', path, headers, body }, origin), signal, 'signing');
    return { ...(await origin.send(signed, signal)), dropped };
  };
}
