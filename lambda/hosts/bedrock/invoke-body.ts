import type { HostCall } from '../../engine/host';
import type { HostTraits } from '../host-traits';
import { INVOKE_BETAS } from './betas';
import { fitRequest } from '../fitted-request';

const FIRST_BEDROCK_VERSION = 'bedrock-2023-05-31';
/** Anthropic's versions that InvokeModel takes, from Claude 4.7 on, under their own name. */
const SHARED_VERSIONS: ReadonlySet<string> = new Set(['2026-10-21']);

export interface InvokeBody {
  readonly bytes: Uint8Array;
  readonly dropped: readonly string[];
}

/** InvokeModel's body: the model and the way of answering stand in the path, version and betas in the body. */
export function invokeBody(call: HostCall, facts: HostTraits, isLegacyModel: boolean): InvokeBody {
  const { body, dropped } = invokeFields(call, facts, isLegacyModel);
  return { bytes: Buffer.from(JSON.stringify(body)), dropped };
}

/** The same, for who writes it himself. */
export function invokeFields(
  call: HostCall,
  facts: HostTraits,
  isLegacyModel: boolean,
): { readonly body: object; readonly dropped: readonly string[] } {
  const { fields, betas, version, dropped } = fitRequest(call, facts, INVOKE_BETAS);
  const { model: _model, stream: _stream, ...rest } = fields;
  const isShared = !isLegacyModel && version !== undefined && SHARED_VERSIONS.has(version);
  const body = {
    // CountTokens wants a whole InvokeModel body, which a client that counts need not have.
    ...(call.endpoint === 'count_tokens' && { max_tokens: 1 }),
    ...rest,
    anthropic_version: isShared ? version : FIRST_BEDROCK_VERSION,
    ...(betas.length > 0 && { anthropic_beta: betas }),
  };
  return { body, dropped };
}
