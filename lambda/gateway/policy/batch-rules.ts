import { batchParams } from '../stateful/batch-params';
import type { TeamRules } from './team-rules';

/** Holds a policy against each request of a batch on its way through: what breaks off midway is no batch. */
export const batchRules = (rules: TeamRules): ((chunk: Uint8Array) => void) =>
  batchParams((params, json) => {
    rules.checkBytes(json);
    rules.checkBatched(params);
  });
