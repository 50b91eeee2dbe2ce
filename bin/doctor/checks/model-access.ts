import {
  BedrockClient,
  GetFoundationModelAvailabilityCommand,
  GetUseCaseForModelAccessCommand,
} from '@aws-sdk/client-bedrock';
import { bedrockModels, foundationModel, type Deployed } from '../deployed';
import { ok, problem, type Diagnosis } from '../diagnosis';

const FORM =
  'Fill in the first-time-use form in the Bedrock console, or with `aws bedrock put-use-case-for-model-access`';
const SUBSCRIBE =
  "Send the model one prompt in the Bedrock console's playground, as somebody who may aws-marketplace:Subscribe";

/** Bedrock's form, and whether the account may use each model in the region it is called from. */
export async function modelAccess({ config, stack }: Deployed): Promise<Diagnosis[]> {
  const models = bedrockModels(config);
  if (models.length === 0) return [];
  const clients = new Map(models.map(({ host: { region } }) => [region, new BedrockClient({ region })]));
  const form = useCaseForm(clients.get(stack.region) ?? new BedrockClient({ region: stack.region }));
  const seen = new Map(
    models.flatMap(({ host: { region }, id }) => {
      const modelId = foundationModel(id);
      return modelId === undefined
        ? []
        : [[`${modelId} in ${region}`, { modelId, client: clients.get(region)! }] as const];
    }),
  );
  return [await form, ...(await Promise.all([...seen].map(([subject, ask]) => availability(subject, ask))))];
}

async function useCaseForm(client: BedrockClient): Promise<Diagnosis> {
  try {
    await client.send(new GetUseCaseForModelAccessCommand({}));
    return ok('first-time-use form', 'filled in');
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ResourceNotFoundException')) throw error;
    return problem('first-time-use form', 'not filled in: Bedrock refuses every Claude model', FORM);
  }
}

interface RegionalModel {
  readonly modelId: string;
  readonly client: BedrockClient;
}

async function availability(subject: string, { modelId, client }: RegionalModel): Promise<Diagnosis> {
  const answer = await client.send(new GetFoundationModelAvailabilityCommand({ modelId }));
  if (answer.regionAvailability === 'NOT_AVAILABLE') {
    return problem(subject, 'not available in this region', 'Take another region or profile for this host');
  }
  if (answer.authorizationStatus === 'NOT_AUTHORIZED') {
    return problem(subject, 'the account may not use it', 'Ask AWS support, or the owner of the organization');
  }
  const agreement = answer.agreementAvailability?.status;
  if (answer.entitlementAvailability === 'NOT_AVAILABLE' || agreement !== 'AVAILABLE') {
    return problem(subject, `the account is not subscribed to it (${agreement ?? 'no agreement'})`, SUBSCRIBE);
  }
  return ok(subject, 'open');
}
