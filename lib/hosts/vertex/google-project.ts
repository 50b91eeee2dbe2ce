/** The Google Cloud project: what the AWS stack and the Google side both derive their names from, and what only the latter makes. */
export interface GoogleProject {
  readonly projectId: string;
  readonly projectNumber: string;
  /** Workload identity pool. @default 'claude-failover' */
  readonly poolId?: string;
  /** The pool's AWS provider. @default 'aws-router' */
  readonly providerId?: string;
  /** Id of a service account that is made and stands between, 6 to 30 characters. @default - none: the AWS roles are granted access themselves */
  readonly serviceAccountId?: string;
  /** Role that may predict. @default - a new one with no permission but `aiplatform.endpoints.predict` */
  readonly predictRole?: string;
  /** Records who called which model; never prompts or answers. Replaces what the project records of Vertex AI. @default true */
  readonly auditLogs?: boolean;
  /** Where these records are kept beyond Google's own 30 days. @default - nowhere */
  readonly logSink?: GoogleLogSink;
  /** Limits of this project, above or below Google's defaults. @default - Google's */
  readonly quotas?: readonly GoogleQuota[];
  /** Mail to the billing account's administrators when the project's costs of a month grow. @default - none */
  readonly budget?: GoogleBudget;
  /** Labels of what takes labels. @default - { app: 'claude-failover' } */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A BigQuery dataset for the audit logs. */
export interface GoogleLogSink {
  /** Where BigQuery keeps the data, such as `EU`, `US` or `europe-west1`. */
  readonly location: string;
  /** Letters, digits and underscores. @default 'claude_failover_audit' */
  readonly datasetId?: string;
  /** Days after which a day's records are deleted. @default - never */
  readonly retentionDays?: number;
}

/** One limit; see: gcloud beta quotas info list --service=aiplatform.googleapis.com --project=<id> */
export interface GoogleQuota {
  /** Id of the quota, as Google lists it. */
  readonly quotaId: string;
  /** The limit that is asked for. */
  readonly value: number;
  /** What it is for, such as `{ base_model: 'anthropic-claude-opus-5-5' }`. @default - everything the quota counts */
  readonly dimensions?: Readonly<Record<string, string>>;
}

export interface GoogleBudget {
  /** Id of the billing account, `XXXXXX-XXXXXX-XXXXXX`. */
  readonly billingAccount: string;
  /** Whole units of the currency. Mail goes out at half of it, at 90 % and at all of it. */
  readonly monthlyAmount: number;
  /** @default - the billing account's currency */
  readonly currency?: string;
}
