import type { VertexHostConfig } from '../../../lib/contract';
import type { Host, HostCall } from '../../engine/host';
import { abortable } from '../transport/abortable';
import { USER_AGENT } from '../first-party-request';
import { fitRequest, type FittedRequest } from '../fitted-request';
import { createTokenSource } from '../token/token-source';
import { vertexFields } from './vertex-fields';
import { publicAddress } from './public-address';
import { fetchGoogleToken } from './fetch-google-token';
import type { HostDeps } from '../host-deps';
import { hostFacts } from '../host-facts';
import { vertexFacts } from './facts';

/** Claude on Google Vertex AI: Anthropic's wire, with model, version and way of answering elsewhere. */
export function createVertexHost(config: VertexHostConfig, deps: HostDeps): Host {
  const kind = vertexFacts(config);
  const facts = hostFacts(config, deps, () => kind);
  const origin = deps.transport.origin(config.endpoint ?? publicAddress(config.location));
  const models = `/v1/projects/${config.project}/locations/${config.location}/publishers/anthropic/models`;
  const token = createTokenSource(() => fetchGoogleToken(config, deps), deps.clock);
  return {
    ...facts,
    refreshCredential: () => token.refresh(),
    open: async (call, signal) => {
      const fitted = fitRequest(call, kind, kind.betas);
      const modelId = facts.modelId(call.model) ?? call.model;
      const request = {
        method: 'POST',
        path: `${models}/${method(call, modelId)}`,
        headers: {
          'content-type': 'application/json',
          accept: call.stream ? 'text/event-stream' : 'application/json',
          'user-agent': USER_AGENT,
          ...(fitted.betas.length > 0 && { 'anthropic-beta': fitted.betas.join(',') }),
          authorization: `Bearer ${await abortable(token.read(), signal, 'fetching a Google token')}`,
        },
        body: Buffer.from(JSON.stringify(vertexBody(call, fitted, modelId))),
      };
      return { ...(await origin.send(request, signal)), dropped: fitted.dropped };
    },
  };
}

function method(call: HostCall, modelId: string): string {
  if (call.endpoint === 'count_tokens') return 'count-tokens:rawPredict';
  return `${modelId}:${call.stream ? 'streamRawPredict' : 'rawPredict'}`;
}

function vertexBody(call: HostCall, fitted: FittedRequest, modelId: string): object {
  const fields = vertexFields(fitted);
  if (call.endpoint === 'count_tokens') return { model: modelId, ...fields };
  return { ...fields, ...(call.stream && { stream: true }) };
}
