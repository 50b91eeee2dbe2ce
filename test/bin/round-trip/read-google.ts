import type { VertexHostConfig } from '../../../lib/contract';
import type { GoogleProject } from '../../../lib/hosts/vertex/google-project';
import { only, resources, type TerraformJson } from '../../lib/cdktf/terraform-json';

const DAY_MS = 86_400_000;
const AUDIENCE =
  /^\/\/iam\.googleapis\.com\/projects\/(\w+)\/locations\/global\/workloadIdentityPools\/(\w+)\/providers\/(\w+)$/;

/** The Google project: by what the router calls it, and of what only Terraform makes, by that. */
export function readGoogle({ project, federation }: VertexHostConfig, json: TerraformJson): GoogleProject {
  const [, projectNumber = '', poolId = '', providerId = ''] = AUDIENCE.exec(federation?.audience ?? '') ?? [];
  const { billing_account: billingAccount, amount } = only(json, 'google_billing_budget') as unknown as Budget;
  const { currency_code: currency, units } = amount.specified_amount;
  const quotas = resources(json, 'google_cloud_quotas_quota_preference') as unknown as Quota[];
  return {
    projectId: project,
    projectNumber,
    poolId,
    providerId,
    serviceAccountId: federation?.serviceAccount?.split('@')[0] ?? '',
    predictRole: String(only(json, 'google_project_iam_member')['role']),
    quotas: quotas.map(({ quota_id: quotaId, quota_config: { preferred_value: value }, dimensions }) => ({
      quotaId,
      value: Number(value),
      dimensions,
    })),
    budget: { billingAccount, monthlyAmount: Number(units), currency },
    auditLogs: resources(json, 'google_project_iam_audit_config').length > 0,
    ...readRecords(json),
  };
}

function readRecords(json: TerraformJson): Pick<GoogleProject, 'logSink' | 'labels'> {
  const [dataset] = resources(json, 'google_bigquery_dataset') as unknown as Dataset[];
  if (dataset === undefined) return {};
  const { location, dataset_id: datasetId, default_partition_expiration_ms: expiration, labels } = dataset;
  return { logSink: { location, datasetId, retentionDays: expiration / DAY_MS }, labels };
}

interface Budget {
  readonly billing_account: string;
  readonly amount: { readonly specified_amount: { readonly currency_code: string; readonly units: string } };
}

interface Quota {
  readonly quota_id: string;
  readonly quota_config: { readonly preferred_value: string };
  readonly dimensions: Readonly<Record<string, string>>;
}

interface Dataset {
  readonly location: string;
  readonly dataset_id: string;
  readonly default_partition_expiration_ms: number;
  readonly labels: Readonly<Record<string, string>>;
}
