import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Checks } from '../../checks';
import { many, type Policy } from '../iam/account-policies';
import type { SetUp } from '../set-up';

const DOCS = join(__dirname, '../../../docs');
/** Where the name of an action is not that of the operation. */
const NAMED_OTHERWISE: Readonly<Record<string, string>> = {
  's3:PutBucketEncryption': 's3:PutEncryptionConfiguration',
  's3:PutPublicAccessBlock': 's3:PutBucketPublicAccessBlock',
};
/** Services by the names of their clients. */
const PREFIXES: Readonly<Record<string, string>> = { elbv2: 'elasticloadbalancing' };
/** API Gateway's actions are the methods of HTTP. */
const METHODS: Readonly<Record<string, string>> = {
  Create: 'POST',
  Put: 'PUT',
  Update: 'PATCH',
  Delete: 'DELETE',
  Get: 'GET',
};

/** What was called to deploy, to update and to destroy, against what docs/aws.md says that the one who deploys needs. */
export async function checkDeployer({ check }: Checks, { emulator }: Pick<SetUp, 'emulator'>): Promise<void> {
  await check("the deployer's policy of docs/aws.md allows all that was called to make the stack", () => {
    assertAllowed(emulator.calls(), ['deployer-policy.json']);
  });
}

/** By one of these policies, in docs. */
export function assertAllowed(calls: readonly string[], policies: readonly string[]): void {
  const allowed = policies.flatMap(actionsOf);
  const called = calls.map(actionOf);
  assert.ok(called.length > 20, called.join());
  assert.deepEqual(
    called.filter((action) => !allowed.includes(action)),
    [],
  );
}

function actionsOf(file: string): readonly string[] {
  const { Statement } = JSON.parse(readFileSync(join(DOCS, file), 'utf8')) as Policy;
  return many(Statement).flatMap(({ Action }) => many(Action));
}

function actionOf(call: string): string {
  const [client = '', operation = ''] = call.split(':');
  const service = PREFIXES[client] ?? client;
  const [verb = ''] = /^[A-Z][a-z]+/.exec(operation) ?? [];
  if (service === 'apigateway') return `apigateway:${METHODS[verb] ?? operation}`;
  return NAMED_OTHERWISE[call] ?? `${service}:${operation}`;
}
