import type { BodyFields } from '../../engine/host';
import type { Headers } from '../../engine/headers';
import { isObject } from '../../engine/json';
import { betasFor, requestedBetas } from '../../wire/anthropic/request/betas';
import { VERTEX_BETAS } from '../vertex/betas';

/** Beyond what its host lacks anyway: a job of Bedrock has no tools and no structured output. */
export function fitsBedrockJob({ tools, output_config: output, output_format: format }: BodyFields): boolean {
  const hasTools = Array.isArray(tools) && tools.length > 0;
  return !hasTools && format == null && !(isObject(output) && output['format'] != null);
}

/** Betas stand in a header, which the lines of a file do not have. */
export const fitsVertexJob = (_params: BodyFields, headers: Headers): boolean =>
  betasFor(VERTEX_BETAS, requestedBetas(headers)).keep.length === 0;
