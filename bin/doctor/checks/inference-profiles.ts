import { BedrockClient, GetInferenceProfileCommand } from '@aws-sdk/client-bedrock';
import { destinationRegions } from '../../../lib/catalog/bedrock-geography';
import { bedrockModels, type BedrockModel, type Deployed } from '../deployed';
import { ok, problem, type Diagnosis } from '../diagnosis';

/** That each profile exists, and that the router may go wherever it leads. */
export function inferenceProfiles({ config }: Deployed): Promise<Diagnosis[]> {
  return Promise.all(bedrockModels(config).map(profile));
}

async function profile({ host, id }: BedrockModel): Promise<Diagnosis> {
  const { region, profile: prefix = 'global' } = host;
  const subject = `${id} from ${region}`;
  let regions: string[];
  try {
    const client = new BedrockClient({ region });
    const answer = await client.send(new GetInferenceProfileCommand({ inferenceProfileIdentifier: id }));
    if (answer.status !== 'ACTIVE') return problem(subject, `is ${answer.status}`, 'Wait until it is ACTIVE');
    // The global path has an ARN without a region.
    regions = (answer.models ?? []).map(({ modelArn = '' }) => modelArn.split(':')[3] || 'anywhere');
  } catch (error) {
    if (!(error instanceof Error && /ResourceNotFound|Validation/.test(error.name))) throw error;
    return problem(subject, 'does not exist', `Take another profile or region for host '${host.name}'`);
  }
  const allowed = prefix === 'global' ? ['*'] : destinationRegions(prefix, region);
  const outside = regions.filter((each) => each !== 'anywhere' && !allowed.some((form) => fits(form, each)));
  if (outside.length === 0) return ok(subject, `serves in ${[...new Set(regions)].join(', ')}`);
  return problem(
    subject,
    `leads to ${outside.join(', ')}, where the router's role may not call it`,
    'Update cdk-claude-failover and deploy; until then requests that Bedrock sends there are denied',
  );
}

const fits = (form: string, region: string): boolean =>
  form.endsWith('*') ? region.startsWith(form.slice(0, -1)) : region === form;
