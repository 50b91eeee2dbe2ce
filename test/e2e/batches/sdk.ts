import Anthropic from '@anthropic-ai/sdk';
import type { BatchCreateParams, MessageBatchIndividualResponse } from '@anthropic-ai/sdk/resources/messages/batches';
import { type BatchWorld, KEYS } from './world';

export const MODEL = 'claude-opus-5-5';

export const client = ({ url }: BatchWorld, apiKey = KEYS.red) =>
  new Anthropic({ baseURL: url, apiKey, maxRetries: 0, logLevel: 'off' });

export const ask = (custom_id: string, params: object = {}) => ({
  custom_id,
  params: { model: MODEL, max_tokens: 64, messages: [{ role: 'user', content: `I am ${custom_id}` }], ...params },
});
export const batchOf = (...requests: object[]) => ({ requests }) as unknown as BatchCreateParams;
/** So many sound requests. */
export const many = (count: number) => batchOf(...Array.from({ length: count }, (_, at) => ask(`r${at}`)));

export async function resultsOf(sdk: Anthropic, id: string): Promise<MessageBatchIndividualResponse[]> {
  const all: MessageBatchIndividualResponse[] = [];
  for await (const result of await sdk.messages.batches.results(id)) all.push(result);
  return all;
}

/** How many results there are of each type. */
export function tally(results: readonly MessageBatchIndividualResponse[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { result } of results) counts[result.type] = (counts[result.type] ?? 0) + 1;
  return counts;
}
