import type { JsonObject } from '../../../../engine/json';
import { tokensOf } from '../../door/answer/usage';

/** What an answer repeats of its request, with what stands there where the request is silent. */
const REPEATED: Readonly<JsonObject> = {
  instructions: null,
  max_output_tokens: null,
  metadata: {},
  parallel_tool_calls: true,
  reasoning: { effort: null, summary: null },
  temperature: null,
  text: { format: { type: 'text' } },
  tool_choice: 'auto',
  tools: [],
  top_p: null,
};

/** What is the same in every answer of a gateway that keeps none. */
const FIXED = { background: false, previous_response_id: null, store: false, truncation: 'disabled' } as const;

/** An answer as it is at some point. */
export interface ResponseState {
  readonly id: string;
  readonly model: string;
  readonly created: number;
  readonly status: 'in_progress' | 'completed' | 'incomplete' | 'failed';
  readonly output: readonly JsonObject[];
  readonly error: JsonObject | null;
  readonly incomplete: string | undefined;
  readonly usage: JsonObject | null;
}

export function toResponse(asked: JsonObject, state: ResponseState): JsonObject {
  const { id, model, created, status, output, error, incomplete, usage } = state;
  const repeated = Object.entries(REPEATED).map(([name, absent]) => [name, asked[name] ?? absent]);
  return {
    id,
    object: 'response',
    created_at: created,
    status,
    error,
    incomplete_details: incomplete === undefined ? null : { reason: incomplete },
    model,
    output: [...output],
    ...Object.fromEntries(repeated),
    ...FIXED,
    usage,
  };
}

export function toUsage(usage: JsonObject): JsonObject {
  const { prompt, read, written, output, thought = 0 } = tokensOf(usage);
  return {
    input_tokens: prompt,
    input_tokens_details: { cached_tokens: read, cache_write_tokens: written },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: thought },
    total_tokens: prompt + output,
  };
}
