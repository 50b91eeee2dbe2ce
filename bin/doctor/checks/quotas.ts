import { paginateListServiceQuotas, ServiceQuotasClient, type ServiceQuota } from '@aws-sdk/client-service-quotas';
import { resolveModels } from '../../../lib/catalog/resolve';
import { bedrockModels, type Deployed } from '../deployed';
import { ok, problem, warning, type Diagnosis } from '../diagnosis';

const TOKENS = /cross-region.*tokens per minute/i;
const RAISE = 'Ask for more: Service Quotas in the console, Amazon Bedrock';

/** Bedrock's own tokens a minute. AWS names a quota by its model and nothing else, so they are found by name. */
export async function quotas({ config }: Deployed): Promise<Diagnosis[]> {
  const catalog = resolveModels(config.models);
  const models = bedrockModels(config);
  const regions = [...new Set(models.map(({ host }) => host.region))];
  const known = new Map(await Promise.all(regions.map(async (region) => [region, await tokenQuotas(region)] as const)));
  return models.map(({ host, model }) => {
    const name = (catalog.find(model)?.displayName ?? model).toLowerCase();
    const quota = known
      .get(host.region)
      ?.find(
        ({ QuotaName: quotaName = '' }) =>
          quotaName.toLowerCase().includes(name) &&
          isGlobal(quotaName) === (host.profile ?? 'global').startsWith('global'),
      );
    const subject = `${model} on ${host.name}`;
    if (quota?.Value === undefined) return warning(subject, 'no quota of that name is listed', RAISE);
    if (quota.Value === 0) return problem(subject, '0 tokens a minute: it cannot answer', RAISE);
    return ok(subject, `${quota.Value.toLocaleString('en-US')} tokens a minute`);
  });
}

const isGlobal = (quotaName: string): boolean => /global/i.test(quotaName);

async function tokenQuotas(region: string): Promise<ServiceQuota[]> {
  const client = new ServiceQuotasClient({ region });
  const found: ServiceQuota[] = [];
  for await (const { Quotas: page = [] } of paginateListServiceQuotas({ client }, { ServiceCode: 'bedrock' })) {
    found.push(...page.filter(({ QuotaName: name = '' }) => TOKENS.test(name)));
  }
  return found;
}
