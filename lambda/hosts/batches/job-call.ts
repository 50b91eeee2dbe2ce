import type { HostCall } from '../../engine/host';
import type { BodyFields } from '../../engine/host';
import type { BatchJob } from './batch-place';

/** A request of a job, as the hosts fit one to what they understand. */
export const jobCall = (params: BodyFields, { model, headers }: Pick<BatchJob, 'model' | 'headers'>): HostCall => ({
  endpoint: 'messages',
  model,
  client: undefined,
  stream: false,
  bytes: new Uint8Array(),
  body: params,
  headers,
  adaptation: undefined,
  key: undefined,
});
