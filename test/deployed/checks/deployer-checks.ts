import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Checks } from '../../checks';
import { many, type Policy } from '../iam/account-policies';
import type { SetUp } from '../set-up';

const POLICY = join(__dirname, '../../../docs/deployer-policy.json');
/** API Gateway's actions are the methods of HTTP. */
const METHODS: Readonly<Record<string, string>> = {
  Create: 'POST',
  Put: 'PUT',
  Update: 'PATCH',
  Delete: 'DELETE',
  Get: 'GET',
};

/** What was called to deploy, to update and to destroy, against what docs/aws.md says that the one who deploys needs. */
export async function checkDeployer({ check }: Checks, { emulator }: SetUp): Promise<void> {
  await check("the deployer's policy of docs/aws.md allows all that was called to make the stack", () => {
    const { Statement } = JSON.parse(readFileSync(POLICY, 'utf8')) as Policy;
    const allowed = many(Statement).flatMap(({ Action }) => many(Action));
    const called = emulator.calls().map(actionOf);
    assert.ok(called.length > 20, called.join());
    assert.deepEqual(
      called.filter((action) => !allowed.includes(action)),
      [],
    );
  });
}

function actionOf(call: string): string {
  const [service = '', operation = ''] = call.split(':');
  if (service !== 'apigateway') return call;
  const [verb = ''] = /^[A-Z][a-z]+/.exec(operation) ?? [];
  return `apigateway:${METHODS[verb] ?? operation}`;
}
