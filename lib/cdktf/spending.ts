import { BillingBudget } from '@cdktf/provider-google/lib/billing-budget';
import { CloudQuotasQuotaPreference } from '@cdktf/provider-google/lib/cloud-quotas-quota-preference';
import { Construct } from 'constructs';
import type { GoogleProject } from '../hosts/vertex/google-project';
import type { Apis } from './apis';

interface SpendingProps extends GoogleProject {
  readonly apis: Apis;
}

/** Mail goes out at these shares of the budget. */
const THRESHOLDS = [0.5, 0.9, 1];

/** What the project may use, and who hears of what it costs. */
export class Spending extends Construct {
  constructor(scope: Construct, id: string, { projectId, projectNumber, quotas = [], budget, apis }: SpendingProps) {
    super(scope, id);
    for (const [index, { quotaId, value, dimensions }] of quotas.entries()) {
      new CloudQuotasQuotaPreference(this, `Quota-${index + 1}`, {
        parent: `projects/${projectId}`,
        service: 'aiplatform.googleapis.com',
        quotaId,
        ...(dimensions && { dimensions: { ...dimensions } }),
        quotaConfig: { preferredValue: String(value) },
        dependsOn: apis.needed('cloudquotas'),
      });
    }
    if (budget === undefined) return;
    new BillingBudget(this, 'Budget', {
      billingAccount: budget.billingAccount,
      displayName: `Claude failover: ${projectId}`,
      budgetFilter: { projects: [`projects/${projectNumber}`] },
      amount: { specifiedAmount: { currencyCode: budget.currency, units: String(budget.monthlyAmount) } },
      thresholdRules: THRESHOLDS.map((thresholdPercent) => ({ thresholdPercent })),
      dependsOn: apis.needed('billingbudgets'),
    });
  }
}
