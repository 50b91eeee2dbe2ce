import * as v from 'valibot';
import { flag, list, object, pattern, wholeNumber } from '../lambda/schema/schema-parts';
import { VERTEX_FORMS } from '../lib/hosts/vertex/vertex-forms';

const record = (form: RegExp, right: string, meaning: string) =>
  v.record(v.string(), pattern(form, right), `must be an object: ${meaning}`);

const logSink = object('a BigQuery dataset for the audit logs', {
  location: pattern(/^[A-Za-z]+(-[a-z]+\d+)?$/, "BigQuery's location, such as EU, US or europe-west1"),
  datasetId: v.optional(
    pattern(/^\w{1,1024}$/, "letters, digits and underscores: the dataset's id; default claude_failover_audit"),
  ),
  retentionDays: v.optional(wholeNumber(1, 36_500, "days after which a day's records are deleted; default never")),
});

const quota = object('one limit of the project', {
  quotaId: pattern(/^\w+$/, "the quota's id, as `gcloud beta quotas info list` prints it"),
  value: wholeNumber(0, Number.MAX_SAFE_INTEGER, 'the limit that is asked for'),
  dimensions: v.optional(
    record(
      /^\S+$/,
      'a text without spaces',
      'what the limit is for, such as { "base_model": "anthropic-claude-opus-5-5" }',
    ),
  ),
});

const budget = object('mail when the costs of a month grow', {
  billingAccount: pattern(
    /^[0-9A-F]{6}(-[0-9A-F]{6}){2}$/,
    'the id of a billing account, such as 012345-6789AB-CDEF01',
  ),
  monthlyAmount: wholeNumber(1, 1_000_000_000, 'whole units of the currency'),
  currency: v.optional(pattern(/^[A-Z]{3}$/, "a currency such as USD; default the billing account's")),
});

export const google = object('Google Cloud project of the Vertex hosts', {
  projectId: pattern(...VERTEX_FORMS.projectId),
  projectNumber: pattern(...VERTEX_FORMS.projectNumber),
  poolId: v.optional(pattern(...VERTEX_FORMS.poolId)),
  providerId: v.optional(pattern(...VERTEX_FORMS.providerId)),
  serviceAccountId: v.optional(pattern(...VERTEX_FORMS.serviceAccountId)),
  predictRole: v.optional(pattern(...VERTEX_FORMS.predictRole)),
  auditLogs: v.optional(flag('record who called which model; default true')),
  logSink: v.optional(logSink),
  quotas: v.optional(list(quota, "limits of this project other than Google's defaults")),
  budget: v.optional(budget),
  labels: v.optional(
    record(
      /^[a-z0-9_-]{0,63}$/,
      'up to 63 lower case letters, digits, dashes and underscores',
      'labels of what takes labels',
    ),
  ),
});
