import fc from 'fast-check';
import type { GoogleProject } from '../../../lib/hosts/vertex/google-project';
import { word } from './words';

const texts = fc.dictionary(word, word, { minKeys: 1, maxKeys: 3 });

const project = {
  projectId: word,
  projectNumber: fc.stringMatching(/^[1-9]\d{11}$/),
  poolId: word,
  providerId: word,
  serviceAccountId: word,
  predictRole: word.map((role) => `roles/${role}`),
  quotas: fc.array(fc.record({ quotaId: word, value: fc.integer({ min: 0, max: 1_000_000_000 }), dimensions: texts }), {
    minLength: 1,
    maxLength: 2,
  }),
  budget: fc.record({
    billingAccount: fc.stringMatching(/^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$/),
    monthlyAmount: fc.integer({ min: 1, max: 1_000_000_000 }),
    currency: fc.constantFrom('USD', 'EUR', 'JPY'),
  }),
} as const;

/** Of what is not recorded nothing can be kept, and the records are all that has labels. */
const records = {
  auditLogs: fc.constant(true),
  logSink: fc.record({
    location: fc.constantFrom('EU', 'US', 'europe-west1'),
    datasetId: word.map((name) => `${name}_audit`),
    retentionDays: fc.integer({ min: 1, max: 36_500 }),
  }),
  labels: texts,
} as const;

export const anyGoogle: fc.Arbitrary<GoogleProject> = fc.oneof(
  fc.record({ ...project, ...records }),
  fc.record({ ...project, auditLogs: fc.constant(false) }),
);
