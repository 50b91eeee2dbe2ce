import { SIMULATED_AWS } from '../aws/aws-side';
import { refuseSignature } from '../aws/refuse-signature';
import { aws } from '../faults/error-spec';
import { ERROR_TABLE } from '../faults/error-table';
import { createBedrockJobs } from '../jobs/bedrock-jobs';
import { isRecord, type Json } from '../../json';
import { estimateTokens } from '../requests/prompt';
import { credentialOf, modelOf, type SimRequest } from '../requests/recorded-request';
import { invalid, knows, refuse, serveMessage, type HostReply, type Wire, type WireOptions } from './wire';

const kind = 'bedrock';
const INVALID_MODEL = ERROR_TABLE['not-found-model'].bedrock;
const BARE_ID = /^anthropic\.claude-/;
/** Ids with a version in them: InvokeModel only, and not with the API version of 2026. */
const VERSIONED_ID = /-v\d+(:\d+)?$/;
const OLD_VERSION = 'bedrock-2023-05-31';
const NEW_VERSION = '2026-10-21';

/** Both doors of bedrock-runtime: the native Messages API, and InvokeModel with CountTokens. */
export function createBedrockWire(options: WireOptions): Wire {
  const { keys, region, aws: side = SIMULATED_AWS } = options;
  const checkModel = (model: string): HostReply | undefined => {
    if (knows(options, model)) return undefined;
    if (!BARE_ID.test(model)) return refuse(INVALID_MODEL);
    const remedy = 'Retry your request with the ID or ARN of an inference profile that contains this model.';
    return refuse(
      invalid(kind, `Invocation of model ID ${model} with on-demand throughput isn’t supported. ${remedy}`),
    );
  };

  const serveNative = (request: SimRequest, body: Json): HostReply => {
    const version = request.headers['anthropic-version'];
    if (!version) return refuse(invalid(kind, 'anthropic-version: header is required'));
    const model = modelOf(request);
    if (VERSIONED_ID.test(model)) return refuse(INVALID_MODEL);
    const foreign = ['anthropic_version', 'anthropic_beta'];
    return checkModel(model) ?? serveMessage({ kind, model, body, version, stream: body['stream'] === true, foreign });
  };

  const serveInvoke = (request: SimRequest, body: Json, stream: boolean): HostReply => {
    const model = modelOf({ ...request, json: undefined });
    const refusal = checkModel(model);
    if (refusal) return refusal;
    const version = body['anthropic_version'];
    if (version === undefined) return refuse(invalid(kind, 'anthropic_version: Field required'));
    if (version !== OLD_VERSION && (version !== NEW_VERSION || VERSIONED_ID.test(model))) {
      return refuse(invalid(kind, 'Invalid API version'));
    }
    return serveMessage({ kind, model, body, version, stream, foreign: ['model', 'stream'], eventStream: true });
  };

  const jobs = options.jobs && createBedrockJobs(options, options.jobs);
  return async (request) => {
    const { path, method, json } = request;
    const native = path.startsWith('/anthropic/');
    const key = native ? credentialOf(request) : bearer(request);
    const isKnown = key !== undefined && keys.includes(key);
    const refusal = isKnown ? undefined : await refuseSignature(request, 'bedrock', region, side);
    if (refusal) return refuse(refusal);
    const ofJobs = jobs?.(request);
    if (ofJobs) return { kind: 'deferred', serve: ofJobs };
    const action = method === 'POST' ? (/^\/model\/[^/]+\/([a-z-]+)$/.exec(path)?.[1] ?? path) : '';
    if (json && action === '/anthropic/v1/messages') return serveNative(request, json);
    if (json && action === 'invoke') return serveInvoke(request, json, false);
    if (json && action === 'invoke-with-response-stream') return serveInvoke(request, json, true);
    if (json && action === 'count-tokens') return countTokens(modelOf({ ...request, json: undefined }), json);
    if (native) return UNKNOWN_OPERATION;
    return refuse(aws(json ? 404 : 400, json ? 'UnknownOperationException' : 'SerializationException', ''));
  };
}

/** As it really comes: an error that says 200. */
const UNKNOWN_OPERATION: HostReply = {
  kind: 'json',
  body: { Output: { __type: 'com.amazon.coral.service#UnknownOperationException' }, Version: '1.0' },
};

function bearer({ headers }: SimRequest): string | undefined {
  return /^Bearer (.+)$/.exec(headers['authorization'] ?? '')?.[1];
}

/** Takes foundation model ids only, and the InvokeModel body as a blob. */
function countTokens(model: string, json: Json): HostReply {
  if (!BARE_ID.test(model)) return refuse(INVALID_MODEL);
  const input = isRecord(json['input']) ? json['input'] : {};
  const invoke = isRecord(input['invokeModel']) ? input['invokeModel'] : {};
  if (typeof invoke['body'] !== 'string') return refuse(invalid(kind, 'input.invokeModel.body: Field required'));
  try {
    const body: unknown = JSON.parse(Buffer.from(invoke['body'], 'base64').toString());
    const counted = isRecord(body) ? [body['system'], body['tools'], body['messages']] : [];
    return { kind: 'json', body: { inputTokens: estimateTokens(counted) } };
  } catch {
    return refuse(invalid(kind, 'input.invokeModel.body is not valid JSON'));
  }
}
