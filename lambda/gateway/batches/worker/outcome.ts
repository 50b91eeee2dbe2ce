import type { HostConfig } from '../../../../lib/contract';
import { BATCH_SHARE, costUsd } from '../../../../lib/catalog/prices';
import type { Outcome } from '../../../engine/batches/shard-moves';
import type { Mark } from '../../../engine/batches/shard';
import { isObject } from '../../../engine/json';
import { type BatchResult, finalMark } from '../../../wire/anthropic/batches/batch-result';
import type { KeptRequest } from '../state/batch-objects';

/** Which of a place's answers stand, and what they cost there. */
export function outcomeOf(
  results: ReadonlyMap<number, BatchResult>,
  requests: readonly Pick<KeptRequest, 'model'>[],
  host: HostConfig | undefined,
): Outcome {
  const marks = new Map<number, Mark>();
  let usd = 0;
  for (const [index, result] of results) {
    const mark = finalMark(result);
    if (mark !== undefined) marks.set(index, mark);
    const usage = result.type === 'succeeded' ? result.message['usage'] : undefined;
    const model = requests[index]?.model;
    if (isObject(usage) && model !== undefined) usd += (costUsd(model, usage, host) ?? 0) * BATCH_SHARE;
  }
  return { marks, costUsd: usd };
}
