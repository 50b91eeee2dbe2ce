import type { BedrockHostConfig } from '../../../../lib/contract';
import type { BodyFields } from '../../../engine/host';
import { bedrockFacts } from '../../bedrock/facts';
import { invokeFields } from '../../bedrock/invoke-body';
import type { BatchJob } from '../batch-place';
import { jobCall } from '../job-call';

/** A job neither writes nor reads a cache, and refuses to be asked to. */
const CACHING = ['cache_control', 'system.*.cache_control', 'messages.*.content.*.cache_control'];

/** InvokeModel's body. Of the API's versions, jobs are known to take the first. */
export function modelInput(
  config: BedrockHostConfig,
  params: BodyFields,
  job: Pick<BatchJob, 'model' | 'headers'>,
): object {
  const traits = bedrockFacts(config, true);
  const leavesOut = [...traits.leavesOut, ...CACHING];
  return invokeFields(jobCall(params, job), { ...traits, leavesOut }, true).body;
}
