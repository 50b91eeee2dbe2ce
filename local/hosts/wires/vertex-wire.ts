import { google } from '../faults/error-spec';
import { ERROR_TABLE } from '../faults/error-table';
import { SIMULATED_GOOGLE } from '../google/google-side';
import { createGoogleTokens, vertexGap } from '../google/google-tokens';
import { createVertexJobs } from '../jobs/vertex-jobs';
import { credentialOf, modelOf } from '../requests/recorded-request';
import { invalid, knows, refuse, serveCount, serveMessage, type Wire, type WireOptions } from './wire';

const kind = 'vertex';
const PATH =
  /^\/v1\/projects\/[^/]+\/locations\/([^/]+)\/publishers\/anthropic\/models\/([^/:]+):(rawPredict|streamRawPredict)$/;
const VERSIONS: readonly unknown[] = ['vertex-2023-10-16', '2026-10-21'];

/** Vertex AI's publisher models, with the token service that opens them. */
export function createVertexWire(options: WireOptions): Wire {
  const side = options.google ?? SIMULATED_GOOGLE;
  const tokens = createGoogleTokens(side);
  const gap = vertexGap(side.missing);
  const jobs = options.jobs && createVertexJobs(options, options.jobs);
  return (request) => {
    const token = tokens.serve(request);
    if (token) return token;
    const credential = credentialOf({ ...request, headers: { authorization: request.headers['authorization'] ?? '' } });
    if (!tokens.issued(credential) && !options.keys.includes(credential ?? '')) {
      return refuse(ERROR_TABLE['expired-credential'].vertex);
    }
    if (gap) return refuse(gap);
    const ofJobs = jobs?.(request);
    if (ofJobs) return { kind: 'deferred', serve: ofJobs };
    const [, location, id, method] = (request.method === 'POST' && PATH.exec(request.path)) || [];
    if (location !== options.region || !id)
      return refuse(google(404, 'NOT_FOUND', 'The requested URL was not found on this server.'));
    const { json } = request;
    if (!json) return refuse(google(400, 'INVALID_ARGUMENT', 'Request body is not a JSON object.'));
    const counts = id === 'count-tokens';
    const version = json['anthropic_version'];
    if (version === undefined && !counts) return refuse(invalid(kind, 'anthropic_version: Field required'));
    if (version !== undefined && !VERSIONS.includes(version)) return refuse(invalid(kind, 'Invalid API version'));
    const model = counts ? String(json['model'] ?? '') : modelOf({ ...request, json: undefined });
    if (!knows(options, model)) return refuse(ERROR_TABLE['not-found-model'].vertex);
    if (counts) return serveCount({ kind, model, body: json, version });
    const stream = method === 'streamRawPredict' && json['stream'] === true;
    return serveMessage({ kind, model, body: json, version, stream, foreign: ['model', 'anthropic_beta'] });
  };
}
