/** What can be wrong with a host. `isDown`: no request would fare better, so that routers are told to skip it. */
export interface FindingFacts {
  readonly remedy: string;
  readonly isDown: boolean;
}

// A call that a bundler may leave out where nobody asks for its findings, as in the router.
const down = /* @__NO_SIDE_EFFECTS__ */ (remedy: string): FindingFacts => ({ remedy, isDown: true });
const noted = /* @__NO_SIDE_EFFECTS__ */ (remedy: string): FindingFacts => ({ remedy, isDown: false });

/** Every reason the canary gives, in metric, log line and alarm, and what to do about it. */
export const FINDINGS = {
  'stale-model': down(
    'The host does not know the model id: it was retired there, or never existed under that name. Look it up (on AWS: ' +
      "aws bedrock list-inference-profiles --region <region>) and correct it by the host's modelIds, or update the library",
  ),
  'wrong-region': down(
    'The host does not serve the model in that region or by that profile. Take a region or profile that has it, ' +
      'or enable the region for the account',
  ),
  'not-enabled': down(
    'Check that the account may use this model there, in this region, and that the router may call it. ' +
      'On AWS the first use needs the use case form and a Marketplace subscription, on Google the model has to be enabled',
  ),
  'org-policy': down(
    "A policy of the organization in Google Cloud forbids it. Its administrator has to allow the models ('constraints/vertexai.allowedModels': " +
      "each one, and count-tokens, with ':predict') or the AWS account ('constraints/iam.workloadIdentityPoolAwsAccounts'): docs/vertex.md",
  ),
  placeholder: down(
    "The secret still has its placeholder, or cannot be read. The router's log names the secret: " +
      'aws secretsmanager put-secret-value --secret-id <secret> --secret-string <key>',
  ),
  credential: down(
    'The host refuses the key or token: expired, revoked, or of another account. For a key: ' +
      'aws secretsmanager put-secret-value --secret-id <secret> --secret-string <key>; ' +
      'for a role, its trust and permissions there; on Google the log names the step, and docs/vertex.md what may forbid it',
  ),
  billing: down('Settle the account at this host: it is unpaid, empty, or at its spend limit'),
  quota: down('Its quota is used up or was never granted; have it raised, or lower the load'),
  throttled: noted(
    'The host limits the rate even of a small request: its quota is too small or in use; have it raised',
  ),
  rejected: noted(
    'The host refuses a field or beta that clients send. The log line names the shape of the request; ' +
      'requests of that form fail over to another host until it learns them',
  ),
  network: down(
    'No connection: check DNS and the region in the host name, then route, NAT gateway, security group, firewall and VPC ' +
      'endpoint on the way there',
  ),
  timeout: down(
    'Connected, or not even that, and no answer in time: an overloaded host, or a network path that drops packets',
  ),
  outage: down(
    'The host is failing by itself, and the chain goes on without it. Status pages: status.claude.com, ' +
      'health.aws.amazon.com, status.cloud.google.com, azure.status.microsoft',
  ),
  'wrong-answer': noted(
    'The answer is not what was asked for: another model, no content, no usage, or a stream that is not well formed',
  ),
  slow: noted('The first content comes later than the budget allows, so that the router would give the host up'),
} as const satisfies Record<string, FindingFacts>;
export type Finding = keyof typeof FINDINGS;
