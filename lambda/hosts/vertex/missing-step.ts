/** What was not done in Google Cloud or between it and AWS, by the code of Google's error: what to do is in docs/vertex.md. */
const STEPS: ReadonlyMap<string, string> = new Map([
  // Of the token exchange.
  [
    'invalid_target',
    'there is no such workload identity pool or provider: deploy the Google side, or undelete the pool; where that is refused, allow the ' +
      "AWS account in the organization's policy iam.workloadIdentityPoolAwsAccounts",
  ],
  [
    'unauthorized_client',
    "the pool does not let this role in: its AWS account and roles must be this stack's; deploy the Google side again",
  ],
  ['invalid_grant', "AWS did not confirm who the router is: its role's credentials are expired or not valid"],
  // Of any API.
  ['SERVICE_DISABLED', 'enable this API in the Google Cloud project: deploying the Google side does'],
  [
    'IAM_PERMISSION_DENIED',
    'the role has no permission for this in the Google Cloud project: deploy the Google side, with the same serviceAccountId',
  ],
  ['FAILED_PRECONDITION', "accept the model's terms in Model Garden"],
  // Of the organization.
  [
    'constraints/vertexai.allowedModels',
    "the organization's policy vertexai.allowedModels does not allow this model: its administrator has to",
  ],
  [
    'constraints/iam.workloadIdentityPoolAwsAccounts',
    "the organization's policy iam.workloadIdentityPoolAwsAccounts does not allow this AWS account: its administrator has to",
  ],
]);

/** The constraint of an organization policy that Google's text names. */
const CONSTRAINT = /\bconstraints\/[\w.]+/;

/** For the log, where somebody looks who can do it. `message`: Google's own words, which say more than their code where a policy forbids. */
export function missingStep(code: string, message = ''): string | undefined {
  return STEPS.get(CONSTRAINT.exec(message)?.[0] ?? '') ?? STEPS.get(code);
}
