import { MARKS, type Shard } from '../../../engine/batches/shard';
import { type BatchResult, errored } from '../../../wire/anthropic/batches/batch-result';
import type { BatchObjects, KeptRequest, ShardName } from '../state/batch-objects';

/** Writes what the client is told of each request: by its mark, in the words of the last place that had any. */
export async function sealResults(
  objects: BatchObjects,
  name: ShardName,
  { marks }: Shard,
  requests: readonly KeptRequest[],
): Promise<void> {
  const answers = await objects.answers(name);
  const lines = requests.map(({ at, customId }, index) => ({
    at,
    line: JSON.stringify({ custom_id: customId, result: resultOf(marks[index], answers.get(index)) }),
  }));
  await objects.putResults(name, lines);
}

function resultOf(mark: string | undefined, said: BatchResult | undefined): BatchResult {
  if (mark === MARKS.canceled) return { type: 'canceled' };
  if (mark === MARKS.expired) return { type: 'expired' };
  if (mark === MARKS.succeeded && said?.type === 'succeeded') return said;
  return said?.type === 'errored' ? said : errored('api_error', 'no host has answered this request');
}
