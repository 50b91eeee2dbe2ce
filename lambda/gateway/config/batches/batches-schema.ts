import * as v from 'valibot';
import { BATCH_LIMITS } from '../../../../lib/contract/batches/batch-names';
import { VERTEX_LOCATION } from '../../../../lib/contract';
import { millis, object, pattern, wholeNumber } from '../../../schema/schema-parts';

const usd = 'must be a number of USD, 0 or more: what the router may spend a day, at full price';
export const fullPriceUsdPerDay = v.pipe(
  v.number(usd),
  v.minValue(0, usd),
  v.description('what the router may spend a day, by UTC, on what no batch of a host has answered; default 0, never'),
);

const jobsOfHost = object("a host's own batch jobs", {
  bucket: v.optional(
    pattern(
      /^(s3|gs):\/\/[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/,
      "the bucket of a job's requests and answers, such as s3://my-batches or gs://my-batches, without a folder",
    ),
  ),
  roleArn: v.optional(
    pattern(/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/, 'the ARN of the service role of Bedrock’s batch jobs'),
  ),
  minRequests: v.optional(
    wholeNumber(...BATCH_LIMITS.minRequests, "fewest requests of a job, by the account's quota; default 100"),
  ),
  location: v.optional(pattern(VERTEX_LOCATION, 'a region of Vertex AI, such as us-east5')),
});

/** Message Batches that fail over. */
export const batchesSchema = object('Message Batches that fail over', {
  patienceMs: v.optional(
    millis(...BATCH_LIMITS.patienceMs, 'how long one host may take before the next is asked; default 43200000'),
  ),
  fullPriceUsdPerDay: v.optional(fullPriceUsdPerDay),
  jobs: v.optional(v.record(v.string(), jobsOfHost, 'must be an object from the name of a host to its batch jobs')),
});
