import type { Message } from '@anthropic-ai/sdk/resources/messages';
import type { Json } from '../../json';
import { answer } from '../answers/answers';
import { complaint } from '../requests/complaint';
import type { WireOptions } from '../wires/wire';

export interface LineRun {
  readonly kind: 'bedrock' | 'vertex';
  readonly model: string;
  readonly version: string;
  /** What a line of a job must not have, where a single request may. */
  readonly refuses: (body: Json) => string | undefined;
}

export type LineResult =
  | { readonly kind: 'answer'; readonly message: Message }
  | { readonly kind: 'wrong'; readonly complaint: string }
  | { readonly kind: 'overloaded' | 'server-error' | 'expired' };

/** One request of a job, which is as sound as it would be alone. */
export function runLine(body: Json, { kind, model, version, refuses }: LineRun, options: WireOptions): LineResult {
  const given = body['anthropic_version'];
  const foreign = kind === 'bedrock' ? ['model', 'stream'] : ['model', 'anthropic_beta'];
  const wrong =
    given === undefined
      ? 'anthropic_version: Field required'
      : given !== version
        ? 'Invalid API version'
        : (refuses(body) ?? complaint(body, { kind, model, version, foreign, least: 0 }));
  if (wrong !== undefined) return { kind: 'wrong', complaint: wrong };
  const trouble = options.account?.batchTrouble?.(body);
  return trouble ? { kind: trouble } : { kind: 'answer', message: answer(body, kind, model).message };
}
